import { fileURLToPath } from 'node:url';
import { serviceOn, type Service } from '#app';

let made: Promise<Service> | undefined;

/** The service, made by the first event that a process gets. `postern.yml` is packaged beside the function. */
export function service(): Promise<Service> {
  made ??= serviceOn(process.env, fileURLToPath(new URL('postern.yml', import.meta.url)));
  return made;
}
