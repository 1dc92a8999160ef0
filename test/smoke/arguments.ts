import { parseArgs } from 'node:util';

export const USAGE = `usage: npm run smoke -- --region REGION [--profile NAME] [--stage prod] [--minutes 15] [--yes]

Proves a deployed stack in a real account, step by step, and says what each step proves.

Without --yes it only reads. With it, it makes a security group that nothing carries in the default VPC, puts one rule
into it (tcp 22 from 192.0.2.0/24, a block for documentation), waits until Postern has noticed, takes both away again, and
sends one test message through every channel that is on. Nothing of it costs more than a few requests, and nothing is
opened: a group without an interface lets nobody in.

  --region REGION   where the stack is
  --profile NAME    a profile of the AWS configuration, with rights to do the above in the hub's account
  --stage STAGE     which deployment (prod)
  --config FILE     the postern.yml that was deployed: it says which channels are on
  --minutes N       how long to wait for an event at most (15: CloudTrail takes seconds to minutes)
  --yes             write what is said above

exit codes: 0 every step is proved, 1 one is not, 2 it could not be tried (or needs --yes)`;

export type SmokeArguments = {
  readonly region: string;
  readonly profile?: string;
  readonly stage: string;
  readonly config?: string;
  readonly waitMs: number;
  readonly mayWrite: boolean;
};

export type ParsedArguments =
  | { readonly kind: 'run'; readonly args: SmokeArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string };

export function parseArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedArguments {
  let values: ReturnType<typeof parsed>;
  try {
    values = parsed(argv);
  } catch (error) {
    return { kind: 'wrong', why: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { kind: 'help' };
  const region = values.region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  if (region === undefined || region === '')
    return { kind: 'wrong', why: 'in which Region is the stack? --region' };
  const stage = values.stage ?? 'prod';
  if (!/^[A-Za-z0-9-]{1,20}$/.test(stage)) return { kind: 'wrong', why: `"${stage}" is no stage` };
  const minutes = Number(values.minutes ?? '15');
  if (!(minutes > 0 && minutes <= 60)) return { kind: 'wrong', why: '--minutes is a number from 1 to 60' };
  return {
    kind: 'run',
    args: {
      region,
      stage,
      waitMs: minutes * 60_000,
      mayWrite: values.yes === true,
      ...(values.profile !== undefined && { profile: values.profile }),
      ...(values.config !== undefined && { config: values.config }),
    },
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  return parseArgs({
    args: [...argv],
    allowPositionals: false,
    options: {
      region: text,
      profile: text,
      stage: text,
      config: text,
      minutes: text,
      yes: flag,
      help: flag,
    },
  }).values;
}
