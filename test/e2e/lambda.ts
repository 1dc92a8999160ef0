import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { REGION } from './account.ts';

const RUNTIME = join(import.meta.dirname, 'lambda-runtime.mjs');

/** The function's process ended in the middle of a call. */
export class ProcessDied extends Error {}

type Answer = { readonly id: string; readonly result?: unknown; readonly error?: string };

/** A deployed function: a process with nothing but its own environment, which stays for the next call, and is anew after it died. */
export class Lambda {
  readonly #name: string;
  readonly #file: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #timeoutMs: number;
  #process: Promise<ChildProcess> | undefined;

  constructor(
    name: string,
    file: string,
    options: { readonly environment: Readonly<Record<string, string>>; readonly timeoutSeconds: number },
  ) {
    this.#name = name;
    this.#file = file;
    this.#environment = options.environment;
    this.#timeoutMs = options.timeoutSeconds * 1000;
  }

  /** @throws ProcessDied, or an Error with what the handler threw */
  async invoke(event: unknown): Promise<unknown> {
    const child = await (this.#process ??= this.#start());
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const done = (): void => {
        child.off('message', onMessage);
        child.off('exit', onExit);
      };
      const onMessage = (answer: Answer): void => {
        if (answer.id !== id) return;
        done();
        if (answer.error === undefined) resolve(answer.result);
        else reject(new Error(answer.error));
      };
      const onExit = (): void => {
        done();
        this.#process = undefined;
        reject(new ProcessDied(`${this.#name} ended during a call`));
      };
      child.on('message', onMessage);
      child.on('exit', onExit);
      child.send({ id, event, context: this.#context(id) });
    });
  }

  /** As when the machine below it fails: nothing is ended in an orderly way. */
  async kill(): Promise<void> {
    const child = await this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  #start(): Promise<ChildProcess> {
    const { PATH = '', POSTERN_E2E_LOG: isWanted } = process.env;
    // most stories have errors in it that are meant
    const log = isWanted === undefined ? 'ignore' : 'inherit';
    const child = fork(RUNTIME, [this.#file], {
      env: { PATH, ...this.#environment },
      execArgv: [],
      stdio: ['ignore', log, log, 'ipc'],
    });
    return new Promise((resolve, reject) => {
      child.once('message', () => {
        resolve(child);
      });
      child.once('exit', (code) => {
        reject(new Error(`${this.#name} could not be loaded: it ended with ${String(code)}`));
      });
    });
  }

  #context(awsRequestId: string): object {
    const functionName = `postern-prod-${this.#name}`;
    return {
      functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: `arn:aws:lambda:${REGION}:123456789012:function:${functionName}`,
      memoryLimitInMB: '256',
      awsRequestId,
      logGroupName: `/aws/lambda/${functionName}`,
      logStreamName: 'e2e',
      callbackWaitsForEmptyEventLoop: true,
      timeoutMs: this.#timeoutMs,
    };
  }
}
