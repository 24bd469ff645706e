/** Parts of the page that the tour speaks of. */
export const TOUR_TARGETS = ['map', 'places', 'draw', 'walk', 'learn'] as const;
export type TourTarget = (typeof TOUR_TARGETS)[number];

/** What marks an element as a part that the tour speaks of. */
export const tourTarget = (target: TourTarget) => ({ 'data-tour': target });
