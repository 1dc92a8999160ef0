import { unknown, type Check } from './check.ts';
import { slackCheck, topicCheck } from './channel-checks.ts';
import type { AccountFacts, DoctorFacts, RegionFacts } from './facts.ts';
import { mailChecks } from './mail-checks.ts';
import { readsCheck } from './reads-check.ts';
import { busCheck, forwarderCheck, hubRulesCheck } from './rule-checks.ts';
import { heartbeatCheck, lastReadCheck, tableChecks } from './time-checks.ts';
import { trailCheck } from './trail-check.ts';

/** What an account needs so that Postern sees it, and whether it is there. Facts in, judgement out. */
export function diagnose(facts: DoctorFacts): readonly Check[] {
  const { deployment, hub, accounts } = facts;
  const at = `${deployment.account}/${deployment.region}`;
  return [
    ...(hub === undefined
      ? []
      : [
          busCheck(deployment, hub),
          topicCheck(deployment, hub),
          ...slackCheck(deployment, hub),
          ...mailChecks(deployment, hub),
          ...tableChecks(hub, deployment),
        ]),
    ...(accounts.told
      ? accounts.value.flatMap((account) => accountChecks(account, facts))
      : [unknown({ what: 'watched accounts', at }, accounts)]),
  ];
}

function accountChecks(account: AccountFacts, facts: DoctorFacts): readonly Check[] {
  if (!account.entry.told) {
    const subject = { what: 'way in', at: account.account };
    return [unknown(subject, account.entry), ...hubsReads(account.account, facts)];
  }
  if (!account.regions.told)
    return [readsCheck(account), unknown({ what: 'Regions', at: account.account }, account.regions)];
  return [
    readsCheck(account),
    ...account.regions.value.flatMap((region) => regionChecks(account.account, region, facts)),
  ];
}

function regionChecks(account: string, region: RegionFacts, facts: DoctorFacts): readonly Check[] {
  const { deployment, hub, now } = facts;
  const target = `${account}/${region.region}`;
  const isHub = account === deployment.account && region.region === deployment.region;
  const heard = isHub ? hubRulesCheck(deployment, region) : forwarderCheck(deployment, account, region);
  const checks = [trailCheck(account, region), heard];
  if (hub?.heartbeats.told === true && !isHub && heard.state === 'ok')
    checks.push(heartbeatCheck(target, hub.heartbeats.value, deployment, now));
  if (hub?.lastReads.told === true) checks.push(lastReadCheck(target, hub.lastReads.value, deployment, now));
  return checks;
}

/** Of an account that could not be looked into from here, what the hub knows. */
function hubsReads(account: string, { deployment, hub, now }: DoctorFacts): readonly Check[] {
  if (hub?.lastReads.told !== true) return [];
  const lastReads = hub.lastReads.value;
  const known = [...lastReads.keys()].filter((target) => target.startsWith(`${account}/`));
  return (known.length === 0 ? [account] : known).map((target) =>
    lastReadCheck(target, lastReads, deployment, now),
  );
}
