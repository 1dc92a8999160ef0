import type { Json, Stores } from '#store';

type Timer = {
  readonly due?: { readonly token: string; readonly expiresAt: string };
  readonly pass?: { readonly token: string; readonly startedAt: string; readonly isDone: boolean };
};

/**
 * The functions go by the real clock, and a test does not wait for a minute: instead, what is noted of the past is put further into it.
 * That is when each target was last read and changed, by the notes of lib/app/watch/timer.ts.
 */
export async function setBack({ state, notes }: Stores, seconds: number): Promise<void> {
  const back = (time: string): string => new Date(Date.parse(time) - seconds * 1000).toISOString();
  for (const { target } of await state.heads()) {
    const owner = `${target.account}/${target.region}`;
    const { due, pass } = ((await notes.read(owner, 'timer'))?.value ?? {}) as Timer;
    const timer: Json = {
      ...(due && { due: { ...due, expiresAt: back(due.expiresAt) } }),
      ...(pass && { pass: { ...pass, startedAt: back(pass.startedAt) } }),
    };
    await notes.write(owner, 'timer', timer);
    const lastChange = (await notes.read(owner, 'last-change'))?.value;
    if (typeof lastChange === 'string') await notes.write(owner, 'last-change', back(lastChange));
  }
}
