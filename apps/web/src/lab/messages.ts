import type { ImageShape, NamedArrays } from '@latentkit/core';
import type { FieldDescription } from '@latentkit/core/fields';
import type { ImportProgress, ImportReport } from '@latentkit/datasets/import';
import type { ExperimentConfig } from '@latentkit/experiment/config';
import type { SavedRun } from '@latentkit/experiment/store';
import type { ModelSpec } from '@latentkit/models';
import type { ObjectiveSpec } from '@latentkit/objectives';
import type { Points } from '@latentkit/projections';
import type { EndEvent, EpochEvent, StartEvent } from '@latentkit/trainers';
import type { PickedFile } from '../data/dropped-files.ts';
import type { Meant } from '../map/map-svg.ts';
import type { Fault } from './fault.ts';
import type { JudgedMap, Vectors } from './map-messages.ts';
import type {
  Cells,
  FoundRuns,
  PickedRun,
  ReportRequest,
  RunPicture,
  RunSource,
  SideBySide,
  StoredRuns,
  ZippedRun,
} from './run-messages.ts';

/** What a run is asked for. The config is not checked yet: it may come from a link. */
export interface RunRequest {
  readonly config?: unknown;
  /** Threads to train on. */
  readonly workers: number;
  /** The name of a kept run to go on with; its own config counts then. */
  readonly resume?: string;
  /** Goes on from the last whole epoch of the run before, which blew up, by a config that cuts the rate from there. */
  readonly isRescue?: boolean;
  /** Where pictures are made. */
  readonly look: MessagePort;
}

/** What the worker that trains can be asked. */
export type LabCalls = {
  /** More of the person's own files, for a run whose config says that it learns from such (`arrays`). */
  take(files: readonly PickedFile[]): void;
  /** Trains to the end; answers when it is there. */
  train(run: RunRequest): Promise<void>;
  /** Holds after the step under way. */
  pause(input: undefined): void;
  resume(input: undefined): void;
  /** One step more, and hold. */
  step(input: undefined): void;
  /** Ends the run, with what it has learned so far. */
  stop(input: undefined): void;
  /** Writes what is not written yet of the run under way. */
  flush(input: undefined): Promise<void>;
  /** A run as a ZIP, its folder as the command line has it. */
  export(input: { name: string }): Promise<ZippedRun>;
  /** Answers, if it is alive. */
  ping(input: undefined): void;
};

/** The newest of the steps that were made since the last time: told some 30 times a second at most. */
export interface StepsEvent {
  readonly type: 'steps';
  readonly epoch: number;
  readonly batch: number;
  readonly step: number;
  /** Of the newest batch: the loss and its terms. */
  readonly losses: Readonly<Record<string, number>>;
  readonly learningRate: number;
  /** Images learned from since the run began or went on. */
  readonly images: number;
  /** Seconds that it trained since then, pauses left out. */
  readonly seconds: number;
}

/** A curve: what it is called, and the columns of an epoch's row that hold it. */
export interface Curve {
  readonly title: string;
  readonly unit: string;
  readonly column: string;
  readonly validation: string;
  /** What its value is taken times in the loss: a row's column, or always the same. Absent where it is only measured. */
  readonly weight?: { readonly column?: string; readonly always?: number };
}

/** What the worker that trains tells by itself. */
export type LabEvent =
  | (StartEvent & {
      readonly threads: number;
      readonly spec: ModelSpec;
      /** The loss, and each of its terms. */
      readonly curves: readonly Curve[];
    })
  /** Of all files that a data set wants; how many bytes these have is known about. */
  | { readonly type: 'download'; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly type: 'note'; readonly note: string }
  /** The run is written under this name, and can be gone on with; what is in memory, until the tab is closed. */
  | { readonly type: 'kept'; readonly name: string; readonly where: 'browser' | 'memory' }
  /** What is trained is in this tab alone: the browser keeps nothing, or has refused a write. */
  | { readonly type: 'unkept'; readonly why: Fault; readonly isRefused: boolean }
  | { readonly type: 'import'; readonly progress: ImportProgress }
  | { readonly type: 'imported'; readonly report: ImportReport }
  /** Before there was anything to train: images were still on their way. */
  | { readonly type: 'stopped' }
  /** Images of the largest batch that there is room for, where there was none for those that were asked for; 0 where there is for none. */
  | { readonly type: 'fits'; readonly images: number }
  /** An epoch is whole: if the run blows up, it can go on from there. */
  | { readonly type: 'whole'; readonly epoch: number }
  | StepsEvent
  | { readonly type: 'epoch'; readonly row: EpochEvent }
  | {
      readonly type: 'end';
      readonly reason: EndEvent['reason'];
      /** Whose weights these are. */
      readonly epoch: number;
      /** SHA-256 of the weights' file, model.safetensors: that of every machine that trains this run. */
      readonly fingerprint: string;
    };

/** A finished run that was made elsewhere, as a session shows it. */
export interface OpenedRun {
  readonly name: string;
  /** Whether this browser keeps it, under that name. */
  readonly isKept: boolean;
  readonly start: Extract<LabEvent, { type: 'start' }>;
  readonly rows: readonly EpochEvent[];
  readonly end: Extract<LabEvent, { type: 'end' }>;
  /** Absent for a model alone. */
  readonly config?: ExperimentConfig;
  /** What one should know of it. */
  readonly notes: readonly string[];
}

/** Images that pictures are made of: the validation images, the first so many. */
export interface LookData {
  readonly type: 'data';
  readonly spec: ModelSpec;
  /** What training minimises, where it is not the negative ELBO. */
  readonly objective?: ObjectiveSpec;
  /** How it is trained; absent of a model alone. */
  readonly config?: ExperimentConfig;
  /** Images that it learns from, as far as that is known. */
  readonly trainImages?: number;
  /** Of a run that was opened, what its images are known by. */
  readonly known?: SavedRun['data'];
  /** Which images these are: 'validation images of digits'. */
  readonly title: string;
  readonly images: Uint8Array | Float32Array;
  readonly labels?: Uint8Array | Int32Array | Uint16Array | Uint32Array;
  readonly classNames?: readonly string[];
  readonly count: number;
  /** Whether the model learns from them, too. */
  readonly learnedFrom: boolean;
}

/** Weights to make pictures with. */
export interface LookWeights {
  readonly type: 'weights';
  readonly weights: NamedArrays;
  readonly epoch: number;
  readonly batch: number;
  /** Those of the run's end. */
  readonly isLast: boolean;
}

/** What goes from the worker that looks straight to one that evaluates: a model, and the images that its pictures are of. */
export interface LentRun {
  readonly of: LookData;
  readonly from: LookWeights;
}

/** What goes from the worker that trains straight to the one that looks. */
export type ToLook = LookData | LookWeights;

/** What may be said of a config, and what is wrong with it. */
export interface CheckedConfig {
  readonly fields: readonly FieldDescription[];
  /** The first field that cannot be, with what was expected. */
  readonly fault?: Fault;
  /** Images a batch that there is room for, where those that are set are too many. */
  readonly fits?: number;
  /** Numbers that the model learns; absent where there can be no such model. */
  readonly parameters?: number;
}

/** What the model that is shown, and its codes, can be taken out as. */
export type TakenFormat = 'model' | 'onnx' | 'keras' | 'torch' | 'tfjs' | 'page' | 'csv' | 'rows' | 'svg';

/** A file for a person's downloads. */
export interface TakenFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The class that a conditional model is told; of no meaning to others. */
interface Told {
  readonly label: number;
}

/** What the worker that looks can be asked; each is about the newest weights it has. */
export type LookCalls = {
  /** Checks a config before anything is trained by it. */
  check(input: { config: unknown }): CheckedConfig;
  /** What became of kept runs, by their names. */
  unfinished(input: { names: readonly string[] }): Promise<FoundRuns>;
  export(input: { name: string }): Promise<ZippedRun>;
  /** Takes a kept run away. */
  forget(input: { name: string }): Promise<void>;
  /** All kept runs, newest first. */
  stored(input: undefined): Promise<StoredRuns>;
  /** What a kept run's model draws by itself; undefined for one that does not. */
  draw(input: { name: string }): Promise<RunPicture | undefined>;
  rename(input: { name: string; to: string }): Promise<void>;
  /** Keeps a run that comes as files; gives the name that it is kept under. */
  keep(input: PickedRun): Promise<string>;
  /** What is shown, as files of another program, a table, or a picture of what is meant. */
  takeOut(input: { format: TakenFormat; meant?: Meant }): Promise<TakenFile>;
  /** The run that is shown as one page, for somebody who was not there. */
  report(input: ReportRequest): Promise<TakenFile>;
  /** Reads a table of numbers, or an array. */
  vectors(input: { file: PickedFile; isStandardized: boolean }): Promise<Vectors>;
  /** Holds a map, `[count, 2]`, against the points that it is of. */
  judgeMap(input: {
    points: Points;
    map: Float32Array;
    labels?: ArrayLike<number>;
    before?: Float32Array;
  }): Promise<JudgedMap>;
  beside(input: { names: readonly string[] }): Promise<SideBySide>;
  /** Sends what is shown, as a {@link LentRun}, to the worker at the other end. */
  lend(input: { port: MessagePort }): void;
  join(input: { port: MessagePort }): void;
  /** Reads a finished run; undefined for files that are none. */
  open(input: RunSource): Promise<OpenedRun | undefined>;
  /** Looks at the one that was read last from now on, and no longer at one that is trained. */
  show(input: undefined): void;
  /** Codes `[count, latentDim]` to bytes `[count, height, width, channels]`; those that a hand waits for come first. */
  decode(input: { codes: Float32Array; isUrgent?: boolean } & Told): Promise<Uint8Array>;
  /** Codes on the way from one to another, and their images. */
  walk(
    input: {
      from: Float32Array;
      to: Float32Array;
      steps: number;
      method: 'linear' | 'spherical';
    } & Told,
  ): Promise<{ codes: Float32Array; images: Uint8Array }>;
  /** Images of these rows, as bytes. */
  images(input: { rows: number[] }): Uint8Array;
  /** Whether files are a table whose rows can be no pictures. */
  isTable(input: { files: readonly PickedFile[] }): Promise<boolean>;
  /** Of a table: its rows as the numbers that the network reads, `[count, numbers]`. */
  values(input: undefined): Float32Array;
  /** Of a table: these of its rows, or what codes decode to. */
  cells(input: { rows: readonly number[] } | ({ codes: Float32Array } & Told)): Promise<Cells>;
  /** What the network makes of one image, and how unusual it is. */
  judge(input: { image: Uint8Array } & Told): Promise<Judged>;
  /** The way of some images through the network, with noise that is drawn by a number. */
  explain(input: { rows: number[]; draw: number }): Promise<Explained>;
};

/** An image that the network never saw, in its eyes. */
export interface Judged {
  readonly mean: Float32Array;
  /** Absent for a plain autoencoder. */
  readonly logVar?: Float32Array;
  readonly reconstruction: Uint8Array;
  /** The negative ELBO, in nats where the likelihood is one. */
  readonly loss: number;
  /** The share of validation images whose loss is less; absent where there are none. */
  readonly moreUnusualThan?: number;
}

/** A batch's way through a network: encoder, mean and deviation, code, decoder, loss. Row by row; codes are `[count, latentDim]`. */
export interface Explained {
  /** As bytes. */
  readonly images: Uint8Array;
  readonly mean: Float32Array;
  readonly logVar: Float32Array;
  /** Standard normal numbers. */
  readonly noise: Float32Array;
  /** `mean + exp(logVar / 2) * noise` */
  readonly code: Float32Array;
  /** What the decoder makes of the codes, as bytes. */
  readonly decoded: Uint8Array;
  /** The negative ELBO of each of these very codes, and its two parts; nats where the likelihood is a density. */
  readonly loss: Float64Array;
  readonly reconstruction: Float64Array;
  readonly kl: Float64Array;
}

/** The images that the pictures are of. */
export interface ShownData {
  readonly type: 'data';
  readonly shape: ImageShape;
  readonly count: number;
  readonly latentDim: number;
  /** Whether codes have a standard normal prior: rings around the middle say how likely they are. */
  readonly hasNormalPrior: boolean;
  /** Of how many classes the model is told one with each image and code; absent where it is told none. */
  readonly toldClasses?: number;
  /** Whether the model learns from these images, too. */
  readonly learnedFrom?: boolean;
  readonly labels?: Uint8Array;
  readonly classNames?: readonly string[];
  /** Of those that reconstructions are shown of, `[shown, height, width, channels]`. */
  readonly originals: Uint8Array;
  /** Of a table, whose rows are no pictures: the names of its columns, and the rows that reconstructions are shown of. */
  readonly table?: { readonly columns: readonly string[]; readonly originals: Cells };
}

/** What the weights of one moment make of the images. */
export interface Pictures {
  readonly type: 'pictures';
  readonly epoch: number;
  readonly batch: number;
  readonly isLast: boolean;
  /** Mean codes `[count, latentDim]`. */
  readonly means: Float32Array;
  /** Mean KL of each dimension in nats; absent for a plain autoencoder. */
  readonly kl?: readonly number[];
  /** The axes of the map, those that carry most. */
  readonly axes: readonly number[];
  /** What codes take along them. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Where the map lies in all dimensions. */
  readonly origin: readonly number[];
  readonly reconstructions: Uint8Array;
  /** The same codes each time; absent for a plain autoencoder, which has no prior. */
  readonly samples?: Uint8Array;
  /** Of a table, the likeliest cells of both, in the place of images. */
  readonly cells?: { readonly reconstructions: Cells; readonly samples?: Cells };
  readonly milliseconds: number;
}

export type LookEvent = ShownData | Pictures;
