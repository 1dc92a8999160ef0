import { fileURLToPath } from 'node:url';

/** The configuration is packaged beside the function. */
const CONFIG = fileURLToPath(new URL('postern.yml', import.meta.url));

/** Makes what a function's work needs at the first event that a process gets, and keeps it. One that could not be made is tried again. */
export function once<Ports>(
  make: (environment: NodeJS.ProcessEnv, configFile: string) => Promise<Ports>,
): () => Promise<Ports> {
  let made: Promise<Ports> | undefined;
  return () => {
    made ??= make(process.env, CONFIG).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
