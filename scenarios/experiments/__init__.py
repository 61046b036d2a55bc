"""Experiments: scenarios beside today's city under the same luck, repeated until differences can be told."""

from scenarios.experiments.answer import answer
from scenarios.experiments.experiment import Arm, Design, Experiment
from scenarios.experiments.run import run_experiment

__all__ = ["Arm", "Design", "Experiment", "answer", "run_experiment"]
