"""Writes fixtures/likelihoods.json: values and gradients of likelihoods from PyTorch's distributions and autograd, in float64.

Run from packages/losses: python3 scripts/likelihood-goldens.py   (made with torch 2.15)
"""
import json

import torch
from torch.distributions import Categorical, ContinuousBernoulli, Normal
from torch.nn import functional as F

torch.manual_seed(20190701)
BATCH, PIXELS = 3, 17
LEVELS, FEW = 256, 5


def float32(t):
    """Numbers that float32 holds exactly, so that both sides start from the same ones."""
    return t.to(torch.float32).to(torch.float64)


def case(spec, heads, target, f):
    varied = {k: v.clone().requires_grad_() for k, v in heads.items()}
    value = f(**varied, x=target)
    upstream = torch.arange(1, len(value) + 1, dtype=torch.float64)
    (value * upstream).sum().backward()
    listed = lambda t: {"shape": list(t.shape), "data": t.flatten().tolist()}
    return {
        "spec": spec,
        "heads": {k: listed(v) for k, v in heads.items()},
        "target": listed(target),
        "value": value.tolist(),
        "gradients": {k: v.grad.flatten().tolist() for k, v in varied.items()},
    }


def soft_floor(raw, least):
    return least + F.softplus(raw - least)


def discretised_logistic(mean, log_scale, x, levels):
    """PixelCNN++, equation 2, on data from -1 to 1."""
    scale, half = log_scale.exp(), 1 / (levels - 1)
    above = torch.sigmoid((x - mean + half) / scale)
    below = torch.sigmoid((x - mean - half) / scale)
    above = torch.where(x > 1 - half, torch.ones_like(x), above)
    below = torch.where(x < half - 1, torch.zeros_like(x), below)
    return -(above - below).log().sum(1)


def beta_binomial(a, b, k, n):
    log_beta = lambda p, q: torch.lgamma(p) + torch.lgamma(q) - torch.lgamma(p + q)
    choices = torch.lgamma(torch.tensor(n + 1.0).double()) - torch.lgamma(k + 1) - torch.lgamma(n - k + 1)
    return -(choices + log_beta(k + a, n - k + b) - log_beta(a, b)).sum(1)


def best_sigma(y, x):
    variance = ((y - x) ** 2).mean(1, keepdim=True) + torch.tensor(-12.0).double().exp()
    return -Normal(y, variance.sqrt()).log_prob(x).sum(1)


pre = float32(torch.randn(BATCH, PIXELS) * 2)
raw = float32(torch.randn(BATCH, PIXELS))
unit = float32(torch.rand(BATCH, PIXELS))
levels = float32(torch.randint(0, LEVELS, (BATCH, PIXELS)) / (LEVELS - 1))
levels[0, :2] = torch.tensor([0.0, 1.0])
few = float32(torch.randint(0, FEW, (BATCH, PIXELS)) / (FEW - 1))
logits = float32(torch.randn(BATCH, PIXELS * FEW) * 2)
sharp = float32(torch.randn(BATCH, PIXELS) - 3)

cases = [
    case({"type": "continuousBernoulli", "output": "sigmoid"}, {"output": pre}, unit,
         lambda output, x: -ContinuousBernoulli(logits=output, lims=(0.499999, 0.500001)).log_prob(x).sum(1)),
    case({"type": "gaussian", "output": "sigmoid", "sigma": "perPixel"}, {"output": pre, "logSigma": sharp}, unit,
         lambda output, logSigma, x: -Normal(
             torch.sigmoid(output), soft_floor(logSigma, -6).exp()).log_prob(x).sum(1)),
    case({"type": "gaussian", "output": "linear", "sigma": "perImage"}, {"output": pre}, unit, 
         lambda output, x: best_sigma(output, x)),
    case({"type": "huber", "output": "sigmoid", "delta": 0.3}, {"output": pre}, unit,
         lambda output, x: F.huber_loss(torch.sigmoid(output), x, reduction="none", delta=0.3).sum(1)),
    case({"type": "unexplainedVariance", "output": "sigmoid", "weight": 5}, {"output": pre}, unit,
         lambda output, x: 5 * ((torch.sigmoid(output) - x) ** 2).mean(1) / x.var(1, unbiased=False)),
    case({"type": "discretisedLogistic", "output": "sigmoid"}, {"output": pre, "logScale": raw}, levels,
         lambda output, logScale, x: discretised_logistic(
             2 * torch.sigmoid(output) - 1, soft_floor(logScale, -7), 2 * x - 1, LEVELS)),
    case({"type": "discretisedLogistic", "output": "tanh", "levels": FEW}, {"output": pre, "logScale": raw}, 2 * few - 1,
         lambda output, logScale, x: discretised_logistic(torch.tanh(output), soft_floor(logScale, -7), x, FEW)),
    case({"type": "betaBinomial", "output": "sigmoid"}, {"output": pre, "logConcentration": 3 * raw}, levels,
         lambda output, logConcentration, x: beta_binomial(
             torch.sigmoid(output) * (8 - F.softplus(8 - logConcentration)).exp(),
             torch.sigmoid(-output) * (8 - F.softplus(8 - logConcentration)).exp(),
             (x * 255).round(), 255)),
    case({"type": "categorical", "output": "softmax", "levels": FEW}, {"output": logits}, few,
         lambda output, x: -Categorical(logits=output.reshape(BATCH, PIXELS, FEW)).log_prob(
             (x * (FEW - 1)).round()).sum(1)),
]

with open("fixtures/likelihoods.json", "w") as file:
    json.dump({"torch": torch.__version__.split("+")[0], "cases": cases}, file)
    file.write("\n")
