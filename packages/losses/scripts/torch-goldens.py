"""Writes fixtures/torch.json: every term's value and gradients from PyTorch autograd, in float64.

Run from packages/losses: /usr/bin/python3 scripts/torch-goldens.py   (made with torch 1.13, as in Debian 12)
"""
import json

import torch
from torch.distributions import Normal, kl_divergence
from torch.nn import functional as F

torch.manual_seed(20140510)
BATCH, PIXELS, LATENT = 3, 17, 5


def float32(t):
    """Numbers that float32 holds exactly, so that both sides start from the same ones."""
    return t.to(torch.float32).to(torch.float64)


def case(term, options, inputs, f):
    arguments = {k: v.clone().requires_grad_(k != "target") for k, v in inputs.items()}
    value = f(**arguments)
    upstream = torch.arange(1, len(value) + 1, dtype=torch.float64)
    (value * upstream).sum().backward()
    gradients = {k: v.grad.flatten().tolist() for k, v in arguments.items() if v.grad is not None}
    return {
        "term": term,
        "options": options,
        "inputs": {k: {"shape": list(v.shape), "data": v.flatten().tolist()} for k, v in inputs.items()},
        "value": value.tolist(),
        "gradients": gradients,
    }


pre = float32(torch.randn(BATCH, PIXELS) * 3)
unit = float32(torch.rand(BATCH, PIXELS))
both = float32(unit * 2 - 1)
outputs = {"sigmoid": (torch.sigmoid, unit), "tanh": (torch.tanh, both), "linear": (lambda p: p, unit)}

cases = [
    case(
        "bernoulli", {}, {"preActivation": pre, "target": unit},
        lambda preActivation, target: F.binary_cross_entropy_with_logits(
            preActivation, target, reduction="none").sum(1),
    ),
    case(
        "kl", {},
        {"mean": float32(torch.randn(BATCH, LATENT)), "logVar": float32(torch.randn(BATCH, LATENT))},
        lambda mean, logVar: kl_divergence(Normal(mean, torch.exp(logVar / 2)), Normal(0.0, 1.0)).sum(1),
    ),
]
for name, (output, target) in outputs.items():
    images = {"preActivation": pre, "target": target}
    cases += [
        case("squaredError", {"output": name}, images,
             lambda preActivation, target: F.mse_loss(output(preActivation), target, reduction="none").sum(1)),
        case("squaredError", {"output": name, "pixels": "mean"}, images,
             lambda preActivation, target: F.mse_loss(output(preActivation), target, reduction="none").mean(1)),
        case("absoluteError", {"output": name}, images,
             lambda preActivation, target: F.l1_loss(output(preActivation), target, reduction="none").sum(1)),
        case("gaussian", {"output": name, "sigma": 0.25}, images,
             lambda preActivation, target: -Normal(output(preActivation), 0.25).log_prob(target).sum(1)),
        case("gaussian", {"output": name, "sigma": "learned"},
             {**images, "logSigma": torch.tensor(-0.75, dtype=torch.float64)},
             lambda preActivation, target, logSigma: -Normal(
                 output(preActivation), torch.exp(logSigma)).log_prob(target).sum(1)),
    ]

with open("fixtures/torch.json", "w") as file:
    json.dump({"torch": torch.__version__.split("+")[0], "cases": cases}, file)
    file.write("\n")
