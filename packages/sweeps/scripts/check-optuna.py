"""Has Optuna read a sweep's journal, and says what it found.

Run: python3 scripts/check-optuna.py runs/sweep/optuna.log (Optuna 5.0)
"""
import sys

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = JournalStorage(JournalFileBackend(sys.argv[1]))
[summary] = optuna.get_all_study_summaries(storage)
study = optuna.load_study(study_name=summary.study_name, storage=storage)
states = [trial.state.name for trial in study.trials]
print(f"study {study.study_name!r}: {len(states)} trials,", {one: states.count(one) for one in sorted(set(states))})
print(f"best trial {study.best_trial.number}: {study.best_value} by {study.best_params}")
print("intermediate values of the best:", study.best_trial.intermediate_values)
print("importances by Optuna's own (PED-ANOVA):", optuna.importance.get_param_importances(
    study, evaluator=optuna.importance.PedAnovaImportanceEvaluator()) if states.count("COMPLETE") > 4 else "too few")
assert study.best_value == min(t.value for t in study.trials if t.state.name == "COMPLETE")
