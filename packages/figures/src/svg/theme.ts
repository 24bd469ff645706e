/** The look that all figures share: sizes in CSS pixels, colours that hold their contrast on white. */
export const theme = {
  fontFamily: 'Inter, system-ui, sans-serif',
  margin: 24,
  title: { size: 17, weight: 600, fill: '#1b1f24' },
  subtitle: { size: 12, weight: 400, fill: '#626a73' },
  heading: { size: 12.5, weight: 600, fill: '#1b1f24' },
  label: { size: 11, weight: 400, fill: '#3d444d' },
  tick: { size: 10.5, weight: 400, fill: '#6e7781' },
  background: '#ffffff',
  grid: '#e9ecef',
  axis: '#c3c9d0',
  train: '#3f7fc1',
  validation: '#d9571e',
  neutral: '#44617b',
} as const;

/** What each colour of the theme becomes on a dark ground. */
export const DARK: Readonly<Record<string, string>> = {
  '#1b1f24': '#e9edf3',
  '#626a73': '#9aa4b0',
  '#3d444d': '#c3cad3',
  '#6e7781': '#98a2ae',
  '#ffffff': '#1a202a',
  '#e9ecef': '#2b323d',
  '#c3c9d0': '#4d5766',
  '#3f7fc1': '#6aa9ec',
  '#d9571e': '#f0834a',
  '#44617b': '#9db8d0',
};

/** A role of text in a figure. */
export type TextStyle = 'title' | 'subtitle' | 'heading' | 'label' | 'tick';
