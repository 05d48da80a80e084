package dev.earshot.api.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /openapi.json} says about the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    /** In the order in which one meets them. */
    private static final List<String> TAGS = List.of(
            "About",
            "Bots",
            "Meetings",
            "Transcripts",
            "Live feeds",
            "Webhooks",
            "Recordings",
            "Administration",
            "Not here");

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                // Wherever it was read from: behind a proxy only the reader knows the address.
                .servers(List.of(new Server().url("/")))
                .info(new Info()
                        .title("Earshot")
                        .version("0.1.0")
                        .description("Sends bots to meetings and tells what is said there, as it is said."))
                .tags(TAGS.stream().map(name -> new Tag().name(name)).toList())
                .components(new Components()
                        .addSecuritySchemes("api-key", header("X-API-Key"))
                        .addSecuritySchemes("admin-key", header("X-Admin-API-Key")))
                .addSecurityItem(new SecurityRequirement().addList("api-key"))
                .addSecurityItem(new SecurityRequirement().addList("admin-key"));
    }

    /** The description is made by Jackson 2, which does not know how our JSON spells names. */
    @Bean
    ModelResolver modelResolver() {
        return new ModelResolver(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }

    private static SecurityScheme header(String name) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name(name);
    }
}
