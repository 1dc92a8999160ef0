import { interpret } from './index.ts';
import type { Account, End, Maybe, Oracle, RelayQuestion } from './index.ts';
import { pairsOf } from './questions.ts';
import type { Listener } from './responses-relay.ts';
import { TCP, UDP } from './traffic.ts';
import { Dice } from './world/dice.ts';

/** What is to be compared with the oracle: the same question put to another reader of the same answers. */
export type RelayedAnswer = (targets: readonly Account[], question: RelayQuestion) => Maybe;

export type RelayAgreement = {
  readonly checks: number;
  readonly positive: number;
  /** Questions of which the oracle was sure and the other was not, though it was not wrong. */
  readonly unsure: readonly RelayQuestion[];
  readonly wrong: readonly RelayQuestion[];
};

/** Never surely open what is surely closed, nor surely closed what is surely open. */
export function contradicts(oracle: Maybe, other: Maybe): boolean {
  return (
    (oracle.sure && !other.possible) || (!oracle.possible && other.sure) || (other.sure && !other.possible)
  );
}

export function compareRelays(
  targets: readonly Account[],
  seed: number,
  count: number,
  relayedAnswer: RelayedAnswer,
): RelayAgreement {
  const oracle = interpret(targets);
  const questions = [...relayQuestions(targets, count, seed, oracle)];
  const found = questions.map((question) => ({
    question,
    truth: oracle.relayed(question),
    other: relayedAnswer(targets, question),
  }));
  const isSame = (a: Maybe, b: Maybe) => a.sure === b.sure && a.possible === b.possible;
  return {
    checks: found.length,
    positive: found.filter(({ truth }) => truth.sure).length,
    wrong: found.filter(({ truth, other }) => contradicts(truth, other)).map(({ question }) => question),
    unsure: found
      .filter(
        ({ truth, other }) =>
          truth.sure === truth.possible && !isSame(truth, other) && !contradicts(truth, other),
      )
      .map(({ question }) => question),
  };
}

/** Whether a client may get into a load balancer by a listener, as the oracle says. */
function entrance(targets: readonly Account[], oracle: Oracle) {
  const cards = targets.flatMap((target) => target.DescribeNetworkInterfaces?.NetworkInterfaces ?? []);
  return (from: End, { LoadBalancerArn: arn, Port: port }: Listener, protocol: number): boolean => {
    const name = `ELB ${arn.split(':loadbalancer/')[1] ?? ''}`;
    const is6 = ('outside' in from ? from.outside : from.ip).includes(':');
    return cards
      .filter(
        ({ Description, NetworkInterfaceId: id }) =>
          Description === name && !('interface' in from && from.interface === id),
      )
      .flatMap((card) =>
        (is6
          ? card.Ipv6Addresses.map(({ Ipv6Address: ip }) => ip)
          : card.PrivateIpAddresses.map(({ PrivateIpAddress: ip }) => ip)
        ).map((ip) => ({ interface: card.NetworkInterfaceId, ip })),
      )
      .some((to) => oracle.ask({ from, to, protocol, port }).bounds.session.possible);
  };
}

/** A port of an interface that stands behind a registered target, and the listeners that lead to its group. */
type Registered = {
  readonly listeners: readonly Listener[];
  readonly card: string;
  readonly ips: readonly string[];
  readonly port: number;
};

function registeredOf(targets: readonly Account[]): Registered[] {
  const cards = targets.flatMap((target) => target.DescribeNetworkInterfaces?.NetworkInterfaces ?? []);
  const listeners = targets.flatMap((target) => target.DescribeListeners?.Listeners ?? []);
  const health = Object.assign({}, ...targets.map((target) => target.DescribeTargetHealth)) as NonNullable<
    Account['DescribeTargetHealth']
  >;
  return targets
    .flatMap((target) => target.DescribeTargetGroups?.TargetGroups ?? [])
    .flatMap((group) =>
      (health[group.TargetGroupArn]?.TargetHealthDescriptions ?? []).flatMap(({ Target: { Id, Port } }) =>
        cards
          .filter((card) => card.Attachment?.InstanceId === Id || card.PrivateIpAddress === Id)
          .map((card) => ({
            listeners: listeners.filter((each) => group.LoadBalancerArns.includes(each.LoadBalancerArn)),
            card: card.NetworkInterfaceId,
            ips: card.PrivateIpAddresses.map(({ PrivateIpAddress: ip }) => ip),
            port: Port,
          })),
      ),
    );
}

/**
 * Up to so many of every client at every registered port by its own listeners, those first that may get into the load balancer, and a few
 * beside that: another listener, a neighbouring port, another address.
 */
export function* relayQuestions(
  targets: readonly Account[],
  count: number,
  seed: number,
  oracle: Oracle = interpret(targets),
): Generator<RelayQuestion> {
  const mayEnter = entrance(targets, oracle);
  const dice = new Dice(seed).fork('relays');
  const clients = [
    ...new Map(pairsOf(targets).map(([from]) => [JSON.stringify(from), from] as const)).values(),
  ];
  const registered = registeredOf(targets);
  const meant = registered.flatMap(({ listeners, card, ips, port: targetPort }) =>
    listeners.flatMap((listener) =>
      [TCP, UDP].flatMap((protocol) =>
        clients.flatMap((from): (RelayQuestion & { readonly listener: Listener })[] => {
          if ('interface' in from && from.interface === card) return [];
          const to = { interface: card, ip: ips[0] ?? '' };
          const { LoadBalancerArn: balancer, Port: port } = listener;
          return [{ from, to, balancer, protocol, port, targetPort, listener }];
        }),
      ),
    ),
  );
  const shuffled = dice.shuffled(meant);
  const enters = shuffled.filter(({ from, listener, protocol }) => mayEnter(from, listener, protocol));
  const others = shuffled.filter((question) => !enters.includes(question));
  const ordered = [...enters.slice(0, count / 2), ...others.slice(0, count / 4)];
  for (const { listener: _, ...question } of ordered) yield question;
  const listeners = targets.flatMap((target) => target.DescribeListeners?.Listeners ?? []);
  for (let asked = 0; asked < count / 4; asked += 1) {
    const base = dice.pickAny(dice.chance(0.7) && enters.length > 0 ? enters : meant);
    const other = dice.pickAny(registered);
    const listener = dice.pickAny(listeners);
    if (base === undefined || other === undefined || listener === undefined) return;
    const { listener: _, ...question } = base;
    const ip = dice.pickAny(other.ips);
    const odd = dice.pick([-1, 1]);
    yield dice.pick([
      { ...question, balancer: listener.LoadBalancerArn, port: listener.Port },
      { ...question, port: question.port + odd },
      { ...question, targetPort: dice.chance(0.5) ? question.targetPort + odd : other.port },
      ...(ip === undefined ? [] : [{ ...question, to: { interface: other.card, ip } }]),
    ] as [RelayQuestion, ...RelayQuestion[]]);
  }
}
