/** What a field of a config is called, and a sentence of what it does. */
export interface FieldWords {
  readonly label: string;
  readonly about?: string;
}

/** By a field's path, or its end: the longest that fits. */
const WORDS: Readonly<Record<string, FieldWords>> = {
  'dataset.name': { label: 'Images' },
  'dataset.limit': {
    label: 'First images',
    about: 'Learns from so many of the images, and is judged by as large a part of the others.',
  },
  'dataset.validation': {
    label: 'Held out',
    about: 'So many of the training images choose the epoch, and the test images stay unseen.',
  },
  'dataset.trainOnAll': {
    label: 'Learn from all',
    about: 'Also from the images it is judged by, as some publications do.',
  },
  'dataset.labels': {
    label: 'Labels',
    about: 'Learns from the classes of so many images alone, as many of each: for kind semiSupervised.',
  },
  'dataset.labelSeed': { label: 'Which labels', about: 'Another number draws other images to have labels.' },
  'dataset.labelledShare': {
    label: 'Labelled part',
    about: 'The part of every batch that is of images with a label.',
  },
  'dataset.size': {
    label: 'Size',
    about: 'Every picture is brought to so many pixels a side; larger ones train slower.',
  },
  'dataset.channels': { label: 'Colours', about: '1 for grey, 3 for red, green and blue.' },
  'dataset.fit': {
    label: 'Other shapes',
    about: 'A picture that is no square is cropped, put within edges (pad), or stretched.',
  },
  'dataset.source': {
    label: 'Read',
    about: 'One kind of file alone, where a folder has several; by default what they are is found out.',
  },
  'dataset.labelColumn': {
    label: 'Column of classes',
    about: 'Of a table or metadata.csv, its name: it colours the map, and is not learned.',
  },
  'dataset.uses': { label: 'Columns', about: 'Of a table: how some are read, by their names.' },
  'dataset.missing': { label: 'Missing cells', about: 'Of a table: refused, their rows left out, or means.' },
  'dataset.delimiter': { label: 'Between cells', about: 'Of a CSV: one character; by default found out.' },
  'dataset.decimal': { label: 'Decimal sign', about: 'Of a CSV: a point or a comma; by default found out.' },
  'dataset.header': {
    label: 'First row has names',
    about: 'Of a CSV: whether it names the columns; by default found out.',
  },
  'dataset.background': { label: 'Background', about: 'What lies behind transparent parts, and in edges.' },
  'model.kind': {
    label: 'Kind',
    about: 'An autoencoder has no noise and no prior: it cannot make new images.',
  },
  'model.latentDim': {
    label: 'Numbers in a code',
    about: 'More say more of an image; two can be looked at.',
  },
  'model.latentActivation': { label: 'Activation of the code' },
  'model.condition.classes': {
    label: 'Classes',
    about: 'Both halves are told the class, so that the code need not say it.',
  },
  'likelihood.type': {
    label: 'Likelihood',
    about: 'How the distance between an image and what is made of it is measured.',
  },
  'likelihood.output': { label: 'Output', about: 'What keeps pixels in their range.' },
  'likelihood.sigma': { label: 'Sigma', about: 'How far off a pixel may be: larger weighs the KL more.' },
  'likelihood.levels': { label: 'Levels', about: 'How many numbers a pixel can be; 256 if nothing is said.' },
  'likelihood.trials': {
    label: 'Trials',
    about: 'One less than the levels of a pixel; 255 if nothing is said.',
  },
  'likelihood.delta': {
    label: 'Delta',
    about: 'From here on, an error counts as it is and no longer squared.',
  },
  'likelihood.weight': {
    label: 'Weight',
    about:
      'What an image costs of which nothing is given back; half the number of its pixels if nothing is said.',
  },
  'encoder.type': { label: 'Encoder' },
  'decoder.type': { label: 'Decoder' },
  hidden: { label: 'Dense layers', about: 'Their sizes, as a list: [256, 128].' },
  filters: { label: 'Convolutions', about: 'Their filters, as a list: [32, 64].' },
  kernelSize: { label: 'Kernel' },
  stride: { label: 'Stride' },
  activation: { label: 'Activation' },
  'model.codebook': { label: 'Codebook', about: 'The vectors that codes are chosen among.' },
  'codebook.size': { label: 'Codes', about: 'How many vectors a code is chosen among.' },
  'codebook.vectors': {
    label: 'Vectors an image',
    about: 'Where the encoder ends in a dense layer; on a grid there is one a position.',
  },
  'codebook.decay': { label: 'Decay', about: 'How much of its past each vector keeps, a step.' },
  'codebook.revive': {
    label: 'Revive below',
    about: 'Codes that are used less than this share of the mean begin anew between epochs.',
  },
  'model.classifier': {
    label: 'Classifier',
    about: 'What tells the class; like the encoder, if nothing is said.',
  },
  'model.upper': { label: 'Upper level', about: 'A second code above the first, which it is drawn from.' },
  'upper.latentDim': { label: 'Numbers in the upper code' },
  blocks: { label: 'Blocks', about: 'Of two convolutions each, in every stage.' },
  norm: { label: 'Normalisation', about: 'By groups of channels, or none.' },
  groups: { label: 'Groups', about: 'Of channels that are normalised together.' },
  'model.prior': {
    label: 'Prior',
    about: 'Where random codes come from: a standard normal, if nothing is said.',
  },
  'prior.type': { label: 'Prior' },
  'prior.components': { label: 'Components', about: 'How many distributions it mixes.' },
  'model.condition': {
    label: 'Condition',
    about: 'Both halves are told the class, so that the code need not say it.',
  },
  objective: {
    label: 'Objective',
    about: 'What is minimised; what the kind of model does where nothing is said.',
  },
  'objective.type': {
    label: 'Objective',
    about: 'What is minimised; the negative ELBO where nothing is said.',
  },
  'training.epochs': { label: 'Epochs', about: 'How often it sees every image.' },
  'training.batchSize': {
    label: 'Batch',
    about: 'Images an update. Larger is steadier, and takes fewer updates.',
  },
  'training.seed': { label: 'Seed', about: 'The same seed gives the same weights, bit for bit, everywhere.' },
  'training.beta': {
    label: 'Beta',
    about: 'How much the code must look like noise: above 1 samples are better and copies are worse.',
  },
  'training.rewind': {
    label: 'Go back',
    about: 'A run whose numbers grow beyond all bounds goes back by an epoch, and on at a lower rate.',
  },
  'training.averaging': {
    label: 'Average of the weights',
    about: 'A moving average over steps, {"decay": 0.999}, which is judged and kept.',
  },
  'training.gradientNorm': { label: 'Norm of the gradients', about: 'A column of the rows of epochs.' },
  'training.players': {
    label: 'Players',
    about: 'Optimizer and rate of one of several who move, by name: {"critic": {"learningRate": 0.0002}}.',
  },
  'training.learningRate': { label: 'Learning rate' },
  'training.learningRate.type': { label: 'Learning rate' },
  from: { label: 'Rate at first' },
  to: { label: 'Rate at the end' },
  'learningRate.epochs': {
    label: 'Within',
    about: 'Epochs from the first rate to the last; all of them if nothing is said.',
  },
  'training.optimizer.name': { label: 'Optimizer' },
  'optimizer.beta1': { label: 'Momentum', about: 'Beta 1: how much of the mean gradient is kept.' },
  'optimizer.beta2': { label: 'Memory', about: 'Beta 2: how long the sizes of gradients are remembered.' },
  'optimizer.epsilon': { label: 'Epsilon' },
  'training.binarize': {
    label: 'Pixels as coins',
    about: 'Grey pixels are drawn black or white: once, or anew in each epoch.',
  },
  'training.arithmetic': {
    label: 'Arithmetic',
    about: 'How sums are rounded: a page does so strictly, to the same bits everywhere.',
  },
  'training.keep': { label: 'Keep', about: 'The weights of the least validation loss, or the last ones.' },
  'training.clip': { label: 'Gradient clipping' },
  'clip.norm': { label: 'Largest gradient norm' },
  'clip.value': { label: 'Largest gradient' },
  'training.rateCut': { label: 'Cut the rate', about: 'A run that blew up goes on with less of it.' },
  'rateCut.after': { label: 'After the epoch' },
  'rateCut.factor': { label: 'Cut it to', about: 'The share of the rate that is left.' },
  'training.earlyStopping': { label: 'Early stopping' },
  'earlyStopping.patience': { label: 'Stop after', about: 'Epochs without a better validation loss.' },
  'training.reduceOnPlateau': { label: 'Halve on a plateau' },
  'reduceOnPlateau.patience': {
    label: 'Cut the rate after',
    about: 'Epochs without a better validation loss.',
  },
  'reduceOnPlateau.factor': { label: 'Cut it to', about: 'The share of the rate that is left.' },
  minDelta: { label: 'Better means by' },
  minLearningRate: { label: 'Least rate' },
  figures: { label: 'Figures of the report' },
};

/** Fields that everyone sees elsewhere. */
const ELSEWHERE = ['recipe', 'dataset.name', 'dataset.dataDir'];

/** The parts of a config, in the order that a person sets them. */
export const FIELD_GROUPS = [
  { name: 'dataset', title: 'Images' },
  { name: 'model', title: 'Model' },
  { name: 'objective', title: 'Objective' },
  { name: 'training', title: 'Training' },
  { name: 'figures', title: 'Report' },
] as const;

export const isShownElsewhere = (path: string): boolean => ELSEWHERE.includes(path);

/** A field's words; of one that has none, its path says what it is. */
export const wordsOf = (path: string): FieldWords =>
  ownWordsOf(path) ?? { label: path.split('.').slice(1).join(' ') || path };

/** A field's words, where it has some. */
export function ownWordsOf(path: string): FieldWords | undefined {
  const names = path.split('.');
  for (let i = 0; i < names.length; i++) {
    const end = names.slice(i).join('.');
    if (Object.hasOwn(WORDS, end)) {
      const words = WORDS[end]!;
      // Both halves of a network have them.
      const half = /\b(encoder|decoder)\b/.exec(path)?.[1];
      return half && !words.label.toLowerCase().includes(half)
        ? { ...words, label: `${words.label} (${half})` }
        : words;
    }
  }
  return undefined;
}
