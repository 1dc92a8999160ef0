import { EXPECTED_CALLS } from './calls.ts';
import type { Draft } from './draft.ts';
import type { InterfaceRecord } from './interface-records.ts';

/** What is not seen although nothing else in the answers leads to it. */
export function noteOtherBlindSpots(draft: Draft, interfaces: Iterable<InterfaceRecord>): void {
  noteMissingCalls(draft);
  const records = [...interfaces];
  noteClusterEndpoints(draft, records);
}

function noteMissingCalls(draft: Draft): void {
  for (const target of draft.targets) {
    for (const call of EXPECTED_CALLS) {
      if (!target.has(call)) target.notCollected(call);
    }
    // Either of the two tells which networks a transit gateway comes into.
    const attachments = 'DescribeTransitGatewayAttachments';
    if (!target.has(attachments) && !target.has('DescribeTransitGatewayVpcAttachments'))
      target.notCollected(attachments);
  }
}

/** What EKS writes on its interfaces; names of clusters hold nothing that a shell would act on. */
const EKS_INTERFACE = /^Amazon EKS ([0-9A-Za-z][0-9A-Za-z_-]{0,99})$/;

/**
 * A cluster's API server answers at an address of AWS's own too, from the whole internet unless somebody limits it. No
 * interface shows that.
 *
 * https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
 */
function noteClusterEndpoints(draft: Draft, interfaces: readonly InterfaceRecord[]): void {
  for (const { id, description, place } of interfaces) {
    const cluster = EKS_INTERFACE.exec(description)?.[1];
    if (cluster === undefined) continue;
    const { account, region } = place.scope;
    draft.blindSpots.note(`gateway-not-modelled:cluster-endpoint:${account}/${region}/${cluster}`, {
      code: 'gateway-not-modelled',
      effect: 'hides-ways',
      what: `whether the API endpoint of the EKS cluster ${cluster} answers the internet was not read`,
      remedy: `See what it admits: aws eks describe-cluster --name ${cluster} --query cluster.resourcesVpcConfig`,
      at: place.ref(id),
    });
  }
}
