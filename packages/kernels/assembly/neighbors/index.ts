export { clearLists } from './list';
export { nearestOfBoth, nearestOfRows } from './nearest';
export { addRows, centreRows, halfNorms, largest, normalizeRows } from './points';
export { nearestExactly, refineLists, refineScratch } from './refine';
