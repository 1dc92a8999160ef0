/** So many inspections one after the other are followed; after more, packets may go anywhere. */
export const MOST_INSPECTIONS = 3;
