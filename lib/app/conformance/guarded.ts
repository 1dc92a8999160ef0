import { broken, type CaseResult } from './result.ts';

/** Runs a case so that whatever goes wrong fails that case and no other. */
export async function guarded(run: () => CaseResult | Promise<CaseResult>): Promise<CaseResult> {
  try {
    return await run();
  } catch (error) {
    return broken('the case', error instanceof Error ? error.message : String(error));
  }
}
