/*
 * Depthwise convolution over time with the channels last, float [batch][time][channels], as torch 1.13 does it much too
 * slowly backwards: y[t] = bias + sum over k of w[k] * x[t + k - left], w is [kernel][channels]. Channels in blocks that fit
 * into registers; their number must be a multiple of BLOCK, kernel at most LARGEST_KERNEL.
 *
 * gcc -O3 -march=native -ffast-math -fopenmp -shared -fPIC depthwise.c -o libdepthwise.so
 */
#include <stddef.h>
#include <string.h>

#define BLOCK 64
#define LARGEST_KERNEL 32

/* The taps k for which t + k - left lies inside [0, time). */
static int first_tap(int t, int left) { return left - t > 0 ? left - t : 0; }
static int last_tap(int t, int left, int time, int kernel) { return time + left - t < kernel ? time + left - t : kernel; }

void depthwise_forward(const float *x, const float *w, const float *bias, float *y, int batch, int time, int channels,
                       int kernel, int left, int threads) {
#pragma omp parallel for collapse(2) schedule(dynamic, 1) num_threads(threads)
    for (int n = 0; n < batch; n++)
        for (int c0 = 0; c0 < channels; c0 += BLOCK)
            for (int t = 0; t < time; t++) {
                float sum[BLOCK];
                memcpy(sum, bias + c0, sizeof sum);
                int end = last_tap(t, left, time, kernel);
                for (int k = first_tap(t, left); k < end; k++) {
                    const float *in = x + ((size_t)n * time + t + k - left) * channels + c0;
                    const float *tap = w + (size_t)k * channels + c0;
                    for (int c = 0; c < BLOCK; c++) sum[c] += in[c] * tap[c];
                }
                memcpy(y + ((size_t)n * time + t) * channels + c0, sum, sizeof sum);
            }
}

/* From the gradient of y to those of x, w and bias. A block of channels is one thread's, so nothing is shared. */
void depthwise_backward(const float *x, const float *w, const float *grad_y, float *grad_x, float *grad_w,
                        float *grad_bias, int batch, int time, int channels, int kernel, int left, int threads) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int c0 = 0; c0 < channels; c0 += BLOCK) {
        float taps[LARGEST_KERNEL][BLOCK], biases[BLOCK];
        memset(taps, 0, sizeof taps);
        memset(biases, 0, sizeof biases);
        for (int n = 0; n < batch; n++)
            for (int t = 0; t < time; t++) {
                size_t row = (size_t)n * time;
                const float *out = grad_y + (row + t) * channels + c0;
                for (int c = 0; c < BLOCK; c++) biases[c] += out[c];
                int end = last_tap(t, left, time, kernel);
                for (int k = first_tap(t, left); k < end; k++) {
                    const float *in = x + (row + t + k - left) * channels + c0;
                    for (int c = 0; c < BLOCK; c++) taps[k][c] += in[c] * out[c];
                }
                /* x[t] went into y[t - k + left] with tap k. */
                float sum[BLOCK];
                memset(sum, 0, sizeof sum);
                for (int k = 0; k < kernel; k++) {
                    int s = t - k + left;
                    if (s < 0 || s >= time) continue;
                    const float *from = grad_y + (row + s) * channels + c0;
                    const float *tap = w + (size_t)k * channels + c0;
                    for (int c = 0; c < BLOCK; c++) sum[c] += from[c] * tap[c];
                }
                memcpy(grad_x + (row + t) * channels + c0, sum, sizeof sum);
            }
        for (int k = 0; k < kernel; k++) memcpy(grad_w + (size_t)k * channels + c0, taps[k], sizeof taps[k]);
        memcpy(grad_bias + c0, biases, sizeof biases);
    }
}
