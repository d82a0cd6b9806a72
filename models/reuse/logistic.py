"""Logistic regression with an L2 penalty by Newton's method; standard library only."""
import math

ROUNDS = 12                                     # Newton's method needs fewer


def probability(weights, x):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(w * v for w, v in zip(weights, x))))))


def fit(data, penalty):
    """The weights for `data`, pairs of a label, 0 or 1, and its features, of which the first is 1 for the bias."""
    size = len(data[0][1])
    weights = [0.0] * size
    for _ in range(ROUNDS):
        gradient = [-penalty * w for w in weights]
        hessian = [[penalty * (i == j) for j in range(size)] for i in range(size)]
        for label, x in data:
            p = probability(weights, x)
            error, spread = label - p, p * (1 - p)
            for i, value in enumerate(x):
                gradient[i] += error * value
                if value:
                    row, weight = hessian[i], spread * value
                    for j in range(i + 1):
                        row[j] += weight * x[j]
        for i in range(size):
            for j in range(i):
                hessian[j][i] = hessian[i][j]
        weights = [w + d for w, d in zip(weights, solve(hessian, gradient))]
    return weights


def solve(matrix, right):
    size = len(right)
    rows = [line[:] + [value] for line, value in zip(matrix, right)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            for j in range(i, size + 1):
                rows[k][j] -= factor * rows[i][j]
    solution = [0.0] * size
    for i in reversed(range(size)):
        solution[i] = (rows[i][size] - sum(rows[i][j] * solution[j] for j in range(i + 1, size))) / rows[i][i]
    return solution


def as_rust(weights, size):
    """The weights as they stand in the program."""
    listed = ", ".join(str(round(weight, 3)) for weight in weights[1:])
    return f"const BIAS: f32 = {weights[0]:.3f};\nconst WEIGHTS: [f32; {size}] = [{listed}];"
