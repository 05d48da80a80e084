/**
 * HTTP: routes, who may use them, and how answers and refusals look. The annotations are Spring's, because they are what the
 * OpenAPI description is made from; what a route decides lies elsewhere.
 */
@NullMarked
package dev.earshot.api.web;

import org.jspecify.annotations.NullMarked;
