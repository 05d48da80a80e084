/*
 * CTC loss and its gradient with respect to the logits, for a batch. The trellis is in probabilities, scaled per row: no
 * logarithm inside. It must be double: in float long labels underflow.
 *
 * gcc -O3 -march=native -fopenmp -shared -fPIC ctc.c -o libctc.so -lm
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SMALLEST_PROBABILITY 1e-20f
#define SMALLEST_PATH 1e-290

/* What one label looks like in the trellis: blank, letter, blank, letter, ..., blank. */
typedef struct {
    int states;
    int *token;     /* of each state */
    float *may_skip; /* 1 where a state may follow the one two before it */
} trellis;

static trellis make_trellis(const int *label, int length) {
    trellis t;
    t.states = 2 * length + 1;
    t.token = malloc(sizeof(int) * t.states);
    t.may_skip = calloc(t.states + 2, sizeof(float));
    for (int s = 0; s < t.states; s++) {
        int is_letter = s & 1;
        t.token[s] = is_letter ? label[s >> 1] : 0;
        t.may_skip[s] = s >= 3 && is_letter && label[s >> 1] != label[(s >> 1) - 1];
    }
    return t;
}

static void softmax(const float *logits, float *probabilities, int rows, int tokens) {
    for (int r = 0; r < rows; r++) {
        const float *x = logits + (size_t)r * tokens;
        float *p = probabilities + (size_t)r * tokens;
        float highest = -1e30f, sum = 0;
        for (int v = 0; v < tokens; v++)
            if (x[v] > highest) highest = x[v];
        for (int v = 0; v < tokens; v++) {
            p[v] = expf(x[v] - highest);
            sum += p[v];
        }
        sum = 1 / sum;
        for (int v = 0; v < tokens; v++) {
            p[v] *= sum;
            if (p[v] < SMALLEST_PROBABILITY) p[v] = SMALLEST_PROBABILITY;
        }
    }
}

/*
 * Forward pass: alpha[r][s] is the scaled probability of being in state s after row r. Rows of alpha are preceded by two
 * zeros, so that the states before the first need no test. Returns the log likelihood; *fits is 0 when the label does not
 * fit into the rows.
 */
static double forward(const trellis *t, const float *p, double *alpha, int rows, int tokens, int *fits) {
    int states = t->states, stride = states + 2;
    double log_likelihood = 0;
    *fits = 1;
    for (int r = 0; r < rows; r++) {
        double *a = alpha + (size_t)r * stride + 2;
        const float *q = p + (size_t)r * tokens;
        if (r == 0) {
            a[0] = q[0];
            if (states > 1) a[1] = q[t->token[1]];
        } else {
            const double *before = a - stride;
            int first = states - 2 * (rows - r), last = 2 * r + 2;
            if (first < 0) first = 0;
            if (last > states) last = states;
            for (int s = first; s < last; s++)
                a[s] = (before[s] + before[s - 1] + t->may_skip[s] * before[s - 2]) * q[t->token[s]];
        }
        double sum = 0;
        for (int s = 0; s < states; s++) sum += a[s];
        if (!(sum > 0)) {
            *fits = 0;
            return 0;
        }
        log_likelihood += log(sum);
        for (int s = 0; s < states; s++) a[s] *= 1 / sum;
    }
    const double *a = alpha + (size_t)(rows - 1) * stride + 2;
    double at_end = a[states - 1] + (states > 1 ? a[states - 2] : 0);
    *fits = at_end > SMALLEST_PATH;
    return *fits ? log_likelihood + log(at_end) : 0;
}

/* One row back: from the probability of what follows row r + 1 to that of what follows row r. */
static void step_back(const trellis *t, const double *after, const float *next_row, double *here) {
    int states = t->states;
    double sum = 0;
    for (int s = 0; s < states; s++) {
        double v = after[s] * next_row[t->token[s]];
        if (s + 1 < states) v += after[s + 1] * next_row[t->token[s + 1]];
        if (s + 2 < states) v += t->may_skip[s + 2] * after[s + 2] * next_row[t->token[s + 2]];
        here[s] = v;
        sum += v;
    }
    double scale = sum > 0 ? 1 / sum : 0;
    for (int s = 0; s < states; s++) here[s] *= scale;
}

/* The gradient of a row is its softmax minus how likely each token is there, given the label. */
static void backward(const trellis *t, const float *p, const double *alpha, float *gradient, int rows, int tokens) {
    int states = t->states, stride = states + 2;
    double *beta = calloc(states, sizeof(double)), *other = calloc(states, sizeof(double));
    beta[states - 1] = 1;
    if (states > 1) beta[states - 2] = 1;
    for (int r = rows - 1; r >= 0; r--) {
        const double *a = alpha + (size_t)r * stride + 2;
        const float *q = p + (size_t)r * tokens;
        float *g = gradient + (size_t)r * tokens;
        if (r < rows - 1) {
            step_back(t, beta, q + tokens, other);
            double *spent = beta;
            beta = other;
            other = spent;
        }
        double sum = 0;
        for (int s = 0; s < states; s++) sum += a[s] * beta[s];
        if (!(sum > SMALLEST_PATH)) continue;
        for (int v = 0; v < tokens; v++) g[v] = q[v];
        for (int s = 0; s < states; s++) g[t->token[s]] -= a[s] * beta[s] * (1 / sum);
    }
    free(beta);
    free(other);
}

/*
 * logits, gradient: float [batch][max_rows][tokens]. rows: of each item. labels: all of them one after the other, the b-th
 * from starts[b] to starts[b + 1]. losses: float [batch]; 0, with a zero gradient, where the label does not fit.
 */
void ctc(const float *logits, float *gradient, const int *rows, const int *labels, const int *starts, float *losses,
         int batch, int max_rows, int tokens, int threads) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int b = 0; b < batch; b++) {
        size_t item = (size_t)b * max_rows * tokens;
        trellis t = make_trellis(labels + starts[b], starts[b + 1] - starts[b]);
        float *p = malloc(sizeof(float) * (size_t)rows[b] * tokens);
        double *alpha = calloc((size_t)rows[b] * (t.states + 2), sizeof(double));
        int fits;
        memset(gradient + item, 0, sizeof(float) * (size_t)max_rows * tokens);
        softmax(logits + item, p, rows[b], tokens);
        losses[b] = -forward(&t, p, alpha, rows[b], tokens, &fits);
        if (fits) backward(&t, p, alpha, gradient + item, rows[b], tokens);
        free(p);
        free(alpha);
        free(t.token);
        free(t.may_skip);
    }
}
