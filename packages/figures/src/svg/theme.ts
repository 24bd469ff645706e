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

/** A role of text in a figure. */
export type TextStyle = 'title' | 'subtitle' | 'heading' | 'label' | 'tick';
