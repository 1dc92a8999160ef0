import { agentName, type Agent, type ClusterFacts } from '../cluster-facts.ts';
import type { Note, PolicyKind, Sighting } from '../enforcement.ts';
import { flagValue, isTrue } from '../flag.ts';
import { isBefore, versionOf, withVersion } from '../image-version.ts';
import { sighting } from '../sighting.ts';

const FLAG = '--enable-network-policy';
const SWITCH = 'enable-network-policy-controller';
const AGENTS = new Set(['aws-eks-nodeagent', 'aws-network-policy-agent']);
const REMEDY =
  'Switch it on in the add-on: aws eks update-addon --addon-name vpc-cni --configuration-values \'{"enableNetworkPolicy": "true"}\' …';
const OWN: readonly PolicyKind[] = [
  'networking.k8s.aws/ClusterNetworkPolicy',
  'networking.k8s.aws/ApplicationNetworkPolicy',
];

/**
 * Its controller hands blocks on to the agents, which compare the addresses of packets with them, whoever has these; and its probes are on the
 * interfaces of pods, of which a pod on the network of its node has none.
 * https://github.com/aws/amazon-network-policy-controller-k8s https://github.com/aws/aws-network-policy-agent
 */
const OF_ADDRESSES = { sparesHostPods: true, blocks: 'anybody' } as const;
const LATE: Note = {
  text: 'a new pod is open until its policies have been applied (NETWORK_POLICY_ENFORCING_MODE is standard)',
  effect: 'hides-ways',
};

/**
 * The VPC CNI of AWS has an engine since 1.14, which is off unless two switches are on: a flag of the agent on the nodes, and the controller in the
 * control plane. The agent's container and its CRD are there in any case and prove nothing.
 * https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
 */
export function awsVpcCni(cluster: ClusterFacts): Sighting | undefined {
  const [aws] = cluster.daemonSets('aws-node');
  return aws && judged(aws, cluster);
}

function judged(aws: Agent, cluster: ClusterFacts): Sighting {
  const main = aws.containers.find(({ name }) => name === 'aws-node') ?? aws.containers[0];
  const version = versionOf(main?.image ?? '');
  const engine = withVersion('AWS VPC CNI', version);
  const agent = aws.containers.find(({ name }) => AGENTS.has(name));
  if (agent === undefined) {
    return sighting({
      engine,
      enforces: 'no',
      agents: [aws],
      why: 'it has no policy engine: its DaemonSet has no container aws-eks-nodeagent, which came with 1.14',
      remedy: `Update the add-on to 1.14 or later. ${REMEDY}`,
    });
  }
  const evidence = [`${agentName(aws)}, container ${agent.name}`];
  const flag = flagValue(agent.words, FLAG.slice(2));
  if (flag === undefined || !isTrue(flag)) {
    const how =
      flag === undefined ? `has no ${FLAG}, which is off by default` : `is switched off by ${FLAG}=${flag}`;
    return sighting({
      engine,
      enforces: 'no',
      agents: [aws],
      evidence,
      why: `its policy agent ${how}`,
      remedy: REMEDY,
    });
  }
  const kinds = version === undefined || isBefore(version, 1, 21) ? [] : OWN;
  const perhaps = version === undefined ? OWN : [];
  const mode = main?.env.get('NETWORK_POLICY_ENFORCING_MODE') ?? 'standard';
  return sighting({
    engine,
    agents: [aws],
    ...controller(cluster, evidence),
    kinds,
    perhaps,
    sparesBarePods: true,
    ...OF_ADDRESSES,
    notes: mode === 'strict' ? [] : [LATE],
  });
}

/** EKS Auto Mode has the plugin in its nodes: there is no DaemonSet, and the controller's switch is the only one that matters. */
export function eksAutoMode(cluster: ClusterFacts): Sighting | undefined {
  const isAuto = (labels: Readonly<Record<string, string>>): boolean =>
    labels['eks.amazonaws.com/compute-type'] === 'auto';
  if (!cluster.nodes.some(({ labels }) => isAuto(labels))) return undefined;
  return sighting({
    engine: 'EKS Auto Mode',
    ...controller(cluster, ['Nodes with the label eks.amazonaws.com/compute-type=auto']),
    runsOn: ({ labels }) => isAuto(labels),
    kinds: OWN,
    sparesBarePods: true,
    ...OF_ADDRESSES,
  });
}

/**
 * Whether the controller in EKS's control plane is on: by its switch, else by what it makes. Somebody who set the flag on the nodes by hand has
 * it off.
 */
function controller(
  cluster: ClusterFacts,
  evidence: readonly string[],
): Pick<Sighting, 'enforces' | 'why' | 'remedy' | 'evidence'> {
  const setting = cluster.setting('kube-system', 'amazon-vpc-cni', SWITCH);
  if (setting.state === 'set') {
    const isOn = isTrue(setting.value);
    return {
      enforces: isOn ? 'yes' : 'no',
      why: isOn
        ? ''
        : `its policy controller is switched off by ${SWITCH}: "${setting.value}" in ${setting.at}`,
      remedy: isOn ? '' : REMEDY,
      evidence: [...evidence, setting.at],
    };
  }
  const made = cluster.of('PolicyEndpoint', 'networking.k8s.aws').length;
  if (made > 0) return { enforces: 'yes', why: '', remedy: '', evidence: [...evidence, 'PolicyEndpoints'] };
  const policies = cluster.of('NetworkPolicy', 'networking.k8s.io').length;
  if (policies > 0 && cluster.wasRead('policyendpoints.networking.k8s.aws')) {
    return {
      enforces: 'no',
      why: `its policy controller is off: there are ${policies} NetworkPolicies and it has made no PolicyEndpoint of any`,
      remedy: REMEDY,
      evidence: [...evidence, 'no PolicyEndpoints'],
    };
  }
  return {
    enforces: 'unknown',
    why: `nothing that was read says whether its controller is on (${SWITCH} in ${setting.at} ${setting.state === 'absent' ? 'is not set' : 'was not read'})`,
    remedy: `See whether there are any: kubectl get policyendpoints -A. ${REMEDY}`,
    evidence,
  };
}
