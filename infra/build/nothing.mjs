// Stands for a package of which a bundle needs nothing.
export {};
