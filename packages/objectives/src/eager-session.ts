import {
  drawNoise,
  LatentkitError,
  type NamedArrays,
  type NdArray,
  type Results,
  type Session,
  type SessionData,
  type SessionState,
  type Update,
} from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { parametersToArrays, parametersToTensors } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';

/** Moves one parameter by an optimizer's formula: pure, new tensors out. */
export type ApplyRule = (
  update: Update,
  parameter: tf.Tensor,
  gradient: tf.Tensor,
  slots: readonly tf.Tensor[],
) => { parameter: tf.Tensor; slots: readonly tf.Tensor[] };

/** Everything an update changes: parameters by name, and the optimizer's slots as `<parameter>/<slot>`. */
export interface SessionTensors {
  parameters: Readonly<Record<string, tf.Tensor>>;
  slots: Readonly<Record<string, tf.Tensor>>;
}

const stateRule = having('a state, { parameters, slots }', { parameters: 'object', slots: 'object' });

/**
 * A session on tfjs's current backend, operation by operation: what an accelerator's is held against.
 *
 * @param applyRule the optimizers' formulas; none for a session that only runs programs.
 */
export function openEagerSession(state: SessionState, applyRule?: ApplyRule): Session<tf.Tensor> {
  checkValue('openEagerSession', 'state', state, stateRule);
  const parts = {
    parameters: { ...parametersToTensors(state.parameters) },
    slots: { ...parametersToTensors(state.slots) },
  };
  /** What was kept to outlive a gradient's scope goes, but for the session's own tensors. */
  const release = ({ outputs, state: next = {} }: Results<tf.Tensor>, changed?: Partial<SessionTensors>) => {
    const own = new Set([...Object.values(parts.parameters), ...Object.values(changed?.parameters ?? {})]);
    for (const tensor of [...Object.values(outputs), ...Object.values(next)])
      if (!own.has(tensor)) tensor.dispose();
  };
  return {
    async run(program, data) {
      let outputs: Record<string, NdArray> = {};
      tf.tidy(() => {
        const results = program.trace(givenOf(parts.parameters, data));
        outputs = arraysOf(results.outputs);
        release(results);
      });
      return outputs;
    },
    async step(program, data, update) {
      if (!applyRule) {
        throw new LatentkitError('E_USAGE', 'openEagerSession: this session was opened without update rules');
      }
      let outputs: Record<string, NdArray> = {};
      const next = tf.tidy(() => {
        const results = program.trace(givenOf(parts.parameters, data));
        outputs = arraysOf(results.outputs);
        const changed = isGuarded(results, outputs)
          ? changesOf(results, parts, update, applyRule)
          : undefined;
        release(results, changed);
        return changed as { parameters: tf.NamedTensorMap; slots: tf.NamedTensorMap } | undefined;
      });
      if (next) {
        replace(parts.parameters, next.parameters);
        replace(parts.slots, next.slots);
      }
      return outputs;
    },
    read: () => ({
      parameters: parametersToArrays(parts.parameters),
      slots: parametersToArrays(parts.slots),
    }),
    write(part) {
      for (const kind of ['parameters', 'slots'] as const) {
        for (const [name, { shape }] of Object.entries(part[kind] ?? {})) {
          const own = parts[kind][name]?.shape;
          if (String(own) === String(shape) && own) continue;
          throw new LatentkitError(
            own ? 'E_SHAPE' : 'E_USAGE',
            `openEagerSession: '${name}' is ${own ? `[${own.join(', ')}]` : 'not there'}, got [${shape.join(', ')}]`,
          );
        }
      }
      for (const kind of ['parameters', 'slots'] as const)
        replace(parts[kind], parametersToTensors(part[kind] ?? {}));
    },
    close: () => tf.dispose([parts.parameters, parts.slots] as tf.NamedTensorMap[]),
  };
}

function givenOf(
  parameters: Readonly<Record<string, tf.Tensor>>,
  { inputs, noise, scalars = {} }: SessionData,
) {
  const drawn = noise && drawNoise(noise.requests, noise.rows, noise.address);
  return {
    parameters,
    inputs: parametersToTensors({ ...inputs, ...drawn }),
    scalars: Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, tf.scalar(value)])),
  };
}

const arraysOf = (tensors: Readonly<Record<string, tf.Tensor>>) =>
  parametersToArrays(tensors) as Record<string, NdArray>;

/** Whether every output that guards the update is finite. */
function isGuarded({ guards }: Results<tf.Tensor>, outputs: NamedArrays): boolean {
  const names = guards ?? Object.keys(outputs).filter((name) => outputs[name]!.data.length === 1);
  return names.every((name) => Number.isFinite(outputs[name]!.data[0]));
}

/** What a program's results change, as new tensors. Pure; call it in `tf.tidy`. */
export function changesOf(
  { gradients = {}, state = {} }: Results<tf.Tensor>,
  { parameters, slots }: SessionTensors,
  update: Update,
  applyRule: ApplyRule,
): { parameters: Record<string, tf.Tensor>; slots: Record<string, tf.Tensor> } {
  const changed = {
    parameters: { ...state } as Record<string, tf.Tensor>,
    slots: {} as Record<string, tf.Tensor>,
  };
  for (const [name, gradient] of Object.entries(gradients)) {
    const names = update.rule.slots.map((slot) => `${name}/${slot}`);
    const own = names.map((slot) => slots[slot]!);
    const moved = applyRule(update, parameters[name]!, gradient, own);
    changed.parameters[name] = moved.parameter;
    for (const [i, slot] of names.entries()) changed.slots[slot] = moved.slots[i]!;
  }
  return changed;
}

function replace(tensors: Record<string, tf.Tensor>, next: Readonly<Record<string, tf.Tensor>>): void {
  for (const [name, tensor] of Object.entries(next)) {
    tensors[name]?.dispose();
    tensors[name] = tensor;
  }
}
