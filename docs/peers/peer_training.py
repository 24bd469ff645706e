"""Train the published models in PyTorch on real MNIST: the peer column beside published figures and ours.

Usage: OMP_NUM_THREADS=1 python3 peer_training.py RECIPE [--seed N] [--epochs N] [--data DIR]
DIR holds MNIST's four gzipped files; by default the folder that `pnpm app:cli train --dataset mnist` downloads to.
Needs: torch, numpy (Debian: python3-torch). Prints one JSON row an epoch: mean of the batches' training losses
(as Keras reports it), and the test set's loss split into reconstruction and KL, one latent sample an image.
Losses are sums over pixels and over latent dimensions, means over images.
"""
import argparse
import gzip
import json
import pathlib
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

CACHE = pathlib.Path.home() / ".cache" / "latentkit" / "mnist"


def images(folder, name):
    raw = gzip.open(pathlib.Path(folder) / f"{name}-images-idx3-ubyte.gz").read()
    return torch.tensor(np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 784).astype("f4") / 255)


def glorot(model):
    for layer in model.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    return model


class Mlp(nn.Module):
    """784 -> hidden (ReLU) -> mean, logVar [latent] -> hidden (ReLU) -> logits [784]."""

    def __init__(self, hidden, latent):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(784, hidden), nn.ReLU())
        self.mean, self.log_var = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        self.decoder = nn.Sequential(nn.Linear(latent, hidden), nn.ReLU(), nn.Linear(hidden, 784))

    def forward(self, x):
        h = self.encoder(x)
        mean, log_var = self.mean(h), self.log_var(h)
        return self.decoder(mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)), mean, log_var


class Conv(nn.Module):
    """conv 32, 64 (3x3, stride 2) -> dense 16 -> latent 2 -> dense 3136 -> transposed conv 64, 32, 1."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 32, 3, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 3, 2, 1), nn.ReLU(),
            nn.Flatten(), nn.Linear(3136, 16), nn.ReLU())
        self.mean, self.log_var = nn.Linear(16, 2), nn.Linear(16, 2)
        self.decoder = nn.Sequential(
            nn.Linear(2, 3136), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)),
            nn.ConvTranspose2d(64, 64, 3, 2, 1, output_padding=1), nn.ReLU(),
            nn.ConvTranspose2d(64, 32, 3, 2, 1, output_padding=1), nn.ReLU(),
            nn.ConvTranspose2d(32, 1, 3, 1, 1), nn.Flatten())

    def forward(self, x):
        h = self.encoder(x.view(-1, 1, 28, 28))
        mean, log_var = self.mean(h), self.log_var(h)
        return self.decoder(mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)), mean, log_var


def adam(model):
    return torch.optim.Adam(model.parameters(), 1e-3, eps=1e-7)


# model, optimizer, batch, epochs, reconstruction, beta, early stopping and plateau
RECIPES = {
    "mlp-mse": (lambda: Mlp(400, 20), lambda m: torch.optim.Adam(m.parameters(), 1e-3), 128, 10, "mse", 1.0, False),
    "keras-dense": (lambda: glorot(Mlp(512, 2)), adam, 256, 10, "bernoulli", 0.5, False),
    "keras-dense-elbo": (lambda: glorot(Mlp(512, 2)), adam, 256, 10, "bernoulli", 1.0, False),
    "keras-conv": (lambda: glorot(Conv()), lambda m: torch.optim.Adamax(m.parameters(), 1e-3, eps=1e-7), 128, 100, "bernoulli", 1.0, True),
}


def losses(output, x, kind):
    logits, mean, log_var = output
    if kind == "mse":
        reconstruction = ((torch.sigmoid(logits) - x) ** 2).sum(1)
    else:
        reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(1)
    return reconstruction.mean(), (-0.5 * (1 + log_var - mean**2 - log_var.exp()).sum(1)).mean()


def main():
    args = argparse.ArgumentParser()
    args.add_argument("recipe", choices=RECIPES)
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--epochs", type=int)
    args.add_argument("--data", default=CACHE)
    args = args.parse_args()
    make, optimize, batch, epochs, kind, beta, callbacks = RECIPES[args.recipe]
    train, test = images(args.data, "train"), images(args.data, "t10k")
    torch.manual_seed(args.seed)
    model = make()
    optimizer = optimize(model)
    best, wait, plateau_best, plateau_wait = float("inf"), 0, float("inf"), 0
    for epoch in range(1, (args.epochs or epochs) + 1):
        started, order, total = time.time(), torch.randperm(len(train)), []
        for i in range(0, len(train), batch):
            x = train[order[i:i + batch]]
            reconstruction, kl = losses(model(x), x, kind)
            loss = reconstruction + beta * kl
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total.append(loss.item())
        with torch.no_grad():
            parts = [losses(model(test[i:i + 1000]), test[i:i + 1000], kind) for i in range(0, len(test), 1000)]
        val_reconstruction, val_kl = (float(np.mean([p[j].item() for p in parts])) for j in (0, 1))
        val, rate = val_reconstruction + beta * val_kl, optimizer.param_groups[0]["lr"]
        print(json.dumps({
            "recipe": args.recipe, "seed": args.seed, "epoch": epoch, "loss": round(float(np.mean(total)), 3),
            "valLoss": round(val, 3), "valReconstruction": round(val_reconstruction, 3), "valKl": round(val_kl, 3),
            "learningRate": rate, "seconds": round(time.time() - started, 1)}), flush=True)
        if not callbacks:
            continue
        best, wait = (val, 0) if val < best - 1e-4 else (best, wait + 1)
        plateau_best, plateau_wait = (val, 0) if val < plateau_best - 1e-4 else (plateau_best, plateau_wait + 1)
        if plateau_wait >= 3:
            optimizer.param_groups[0]["lr"], plateau_wait = max(1e-6, rate * 0.5), 0
        if wait >= 6:
            break


if __name__ == "__main__":
    main()
