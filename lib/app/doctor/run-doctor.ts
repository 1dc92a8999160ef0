import type { Config } from '../config/config.ts';
import { deploymentOf, type Deployment, type DeploymentNames } from '../desk/deployment.ts';
import { deskOf, identityAt, type DeskOptions } from '../desk/desk.ts';
import type { Check } from './check.ts';
import { diagnose } from './diagnose.ts';

export type DoctorOptions = DeskOptions &
  DeploymentNames & {
    readonly stage: string;
    /** Where the hub is, if these are not credentials of its account. */
    readonly hub?: { readonly account: string; readonly region: string };
    readonly config: Config;
    /** The hub's table, where its name cannot be found. */
    readonly table?: string;
    readonly readerRole: string;
    readonly clock: () => Date;
    readonly onProgress?: (text: string) => void;
  };

export type Diagnosis = {
  readonly deployment: Deployment;
  /** Whose credentials asked. */
  readonly account: string;
  readonly checks: readonly Check[];
};

/**
 * Checks that an account is set up. It only reads.
 *
 * @throws QuestionError if no Region is known, or AWS does not take the credentials
 */
export async function runDoctor(options: DoctorOptions): Promise<Diagnosis> {
  const { stage, hub, config, table, readerRole, profile, externalId, clock } = options;
  const desk = deskOf({
    ...options,
    ...(hub !== undefined && options.region === undefined && { region: hub.region }),
  });
  const own = await identityAt(desk);
  const deployment = deploymentOf(
    {
      stage,
      account: hub?.account ?? own.account,
      region: hub?.region ?? desk.region,
      partition: own.partition,
    },
    options,
  );
  // the SDK takes long to load
  const { collectFacts } = await import('./collect/collect-facts.ts');
  const facts = await collectFacts({
    desk,
    own,
    deployment,
    config,
    table,
    readerRole,
    profile,
    externalId,
    clock,
    onProgress: options.onProgress ?? ((): void => undefined),
  });
  return { deployment, account: own.account, checks: diagnose(facts) };
}
