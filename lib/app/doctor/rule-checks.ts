import type { Deployment } from '../desk/deployment.ts';
import { redeploy } from './redeploy.ts';
import { missing, ok, unknown, type Check, type Remedy, type Subject } from './check.ts';
import type { EventRule, HubFacts, RegionFacts } from './facts.ts';

/** The ends of the names of the rules that have to be there; `edges` is there only where somebody asked for it. */
const OWN = ['ec2', 'services', 'tampering'];
const FORWARDED = [...OWN, 'heartbeat'];

/** Whether changes in a Region get from its default bus to the hub. */
export function forwarderCheck(
  deployment: Deployment,
  account: string,
  { region, rules }: Pick<RegionFacts, 'region' | 'rules'>,
): Check {
  const { name } = deployment;
  const subject = { what: 'forwarder', at: `${account}/${region}` };
  if (!rules.told) return unknown(subject, rules);
  return rulesCheck(subject, rules.value, {
    region,
    names: FORWARDED.map((end) => `${name}-forward-${end}`),
    prefix: `${name}-forward-`,
    lost: 'changes here are not sent to the hub',
    deploy: forwarderRemedy(deployment, account, region),
  });
}

/** In the hub's account the deployment's StackSet makes forwarders, by its settings; a stack beside it would get in its way. */
function forwarderRemedy(
  { name, stage, region: hubRegion, account: hubAccount }: Deployment,
  account: string,
  region: string,
): Remedy {
  if (account === hubAccount)
    return {
      remedy:
        "Put the Region into the hub's forwardRegions (forwardOptInRegions if it is disabled by default) and deploy; " +
        'if it is there, the first command says why it failed (docs/deploy.md)',
      run: [
        `aws cloudformation list-stack-instances --region ${hubRegion} --stack-set-name ${name}-forwarder ` +
          `--stack-instance-account ${account} --stack-instance-region ${region}`,
        `npx --no -- serverless deploy --region ${hubRegion} --stage ${stage}`,
      ],
    };
  return {
    remedy: `With credentials of ${account}; for many Regions or accounts at once, a StackSet (docs/deploy.md)`,
    run: [
      `aws cloudformation deploy --region ${region} --stack-name ${name}-forwarder ` +
        '--template-file infra/stacksets/forwarder.yml --capabilities CAPABILITY_NAMED_IAM ' +
        `--parameter-overrides HubAccount=${hubAccount} HubRegion=${hubRegion} HubBusName=${name}`,
    ],
  };
}

/** Whether the hub hears its own Region. */
export function hubRulesCheck(deployment: Deployment, { rules }: Pick<RegionFacts, 'rules'>): Check {
  const { name, account, region } = deployment;
  const subject = { what: 'hub, own Region', at: `${account}/${region}` };
  if (!rules.told) return unknown(subject, rules);
  return rulesCheck(subject, rules.value, {
    region,
    names: OWN.map((end) => `${name}-${end}`),
    prefix: `${name}-`,
    lost: "changes in the hub's own Region are not noticed",
    deploy: redeploy(deployment),
  });
}

/** Whether the hub hears its forwarders. */
export function busCheck(deployment: Deployment, { busRules }: Pick<HubFacts, 'busRules'>): Check {
  const { name, account, region } = deployment;
  const subject = { what: 'hub, bus', at: `${account}/${region}` };
  if (!busRules.told) return unknown(subject, busRules);
  if (busRules.value === undefined)
    return missing(
      subject,
      `there is no bus ${name}: Postern is not deployed here, or under another stage`,
      redeploy(deployment),
    );
  return rulesCheck(subject, busRules.value, {
    region,
    bus: name,
    names: FORWARDED.map((end) => `${name}-hub-${end}`),
    prefix: `${name}-`,
    lost: 'what forwarders send is not noticed',
    deploy: redeploy(deployment),
  });
}

/** Where no rule is there at all, nothing was deployed; where some are turned off, they are named. */
function rulesCheck(
  subject: Subject,
  rules: readonly EventRule[],
  wanted: {
    readonly region: string;
    readonly bus?: string;
    readonly names: readonly string[];
    readonly prefix: string;
    readonly lost: string;
    readonly deploy: Remedy;
  },
): Check {
  const { region, bus, names, prefix, lost, deploy } = wanted;
  const known = new Set(rules.map(({ name }) => name));
  const absent = names.filter((name) => !known.has(name));
  if (absent.length > 0) {
    const which =
      absent.length === names.length ? 'its event rules are not there' : `${absent.join(', ')} not there`;
    return missing(subject, `${which}: ${lost}`, deploy);
  }
  // the deployment's forwarder may share the default bus with its hub rules
  const off = rules.filter(({ name, isEnabled }) => !isEnabled && name.startsWith(prefix));
  if (off.length > 0)
    return missing(subject, `${off.map(({ name }) => name).join(', ')} turned off: ${lost}`, {
      remedy: 'Turn them on',
      run: off.map(({ name }) => {
        const on = bus === undefined ? '' : ` --event-bus-name ${bus}`;
        return `aws events enable-rule --region ${region}${on} --name ${name}`;
      }),
    });
  return ok(subject, 'its event rules are there and turned on');
}
