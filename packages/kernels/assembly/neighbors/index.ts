export { clearLists } from './list';
export { nearestOfBoth, nearestOfChosen, nearestOfRows } from './nearest';
export { addRows, centreRows, halfNorms, largest, unitRows } from './points';
export { ranksOfBoth, ranksOfRows, readRanks, recordBytes, setRanks, startRanks } from './ranks';
export { nearestExactly, refineLists, refineScratch } from './refine';
