export { serviceFilters, type ServiceFilter } from './service-filters.ts';
export { translate } from './translate.ts';
