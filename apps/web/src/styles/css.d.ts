// Styles of a part that is loaded later: what bundles it makes a file of them.
declare module '*.css';
