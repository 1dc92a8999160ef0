import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { antrea } from './antrea.ts';
import { awsVpcCni, eksAutoMode } from './aws-vpc-cni.ts';
import { aks, azureNpm } from './azure.ts';
import { localBridge } from './bridge.ts';
import { calico } from './calico.ts';
import { cilium } from './cilium.ts';
import { flannel } from './flannel.ts';
import { gkeLegacy } from './gke.ts';
import { historic } from './historic.ts';
import { k3s } from './k3s.ts';
import { kindnet } from './kindnet.ts';
import { kubeNetworkPolicies } from './kube-network-policies.ts';
import { kubeOvn } from './kube-ovn.ts';
import { kubeRouter } from './kube-router.ts';
import { openshiftSdn, ovnKubernetes } from './openshift.ts';
import { weave } from './weave.ts';

/** Every plugin and engine that is known, each by what it leaves in a cluster. Several may be there at once. */
export const ENGINES: readonly ((cluster: ClusterFacts) => Sighting | undefined)[] = [
  calico,
  cilium,
  awsVpcCni,
  eksAutoMode,
  antrea,
  ovnKubernetes,
  openshiftSdn,
  azureNpm,
  kubeRouter,
  kubeOvn,
  weave,
  kubeNetworkPolicies,
  kindnet,
  k3s,
  historic,
  flannel,
  aks,
  gkeLegacy,
  localBridge,
];
