/** Indices by their places: a list, or something that works them out. */
export interface Places {
  readonly length: number;
  at(place: number): number | undefined;
}
