"""Writes the VAE of https://github.com/pytorch/examples/tree/main/vae as a state_dict, and what PyTorch computes of it.

Usage: python3 write-torch.py FOLDER
"""

import pathlib
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 400)
        self.fc21 = nn.Linear(400, 20)
        self.fc22 = nn.Linear(400, 20)
        self.fc3 = nn.Linear(20, 400)
        self.fc4 = nn.Linear(400, 784)

    def encode(self, x):
        h1 = F.relu(self.fc1(x))
        return self.fc21(h1), self.fc22(h1)

    def decode(self, z):
        return torch.sigmoid(self.fc4(F.relu(self.fc3(z))))


torch.manual_seed(7)
place = pathlib.Path(sys.argv[1]) / "torch-example"
place.mkdir(parents=True)
vae = VAE()
images, codes = torch.rand(3, 784), torch.randn(3, 20)
with torch.no_grad():
    mean, log_var = vae.encode(images)
    arrays = {"images": images, "codes": codes, "mean": mean, "log_var": log_var, "decoded": vae.decode(codes)}
torch.save(vae.state_dict(), place / "vae.pt")
for key, value in arrays.items():
    np.save(place / f"{key}.npy", value.numpy())
