import { formatIp } from '#netset';
import type { Explanation, Step } from '#engine';

const MARKS = { passes: '+', blocks: '-', unknown: '?' } as const;

/** A step as `+ group in b`, with what decides it. */
function stepText(step: Step): string {
  const mark = MARKS[step.mark];
  switch (step.kind) {
    case 'endpoint':
      return `${mark} ${step.endpoint.name} ${step.why}`;
    case 'group':
      return `${mark} group ${step.direction === 'ingress' ? 'in' : 'out'} ${step.endpoint.name}: ${step.rules.map(({ rule, isSure }) => rule.id + (isSure ? '' : '?')).join(' ')}`.trimEnd();
    case 'tiers':
      return `${mark} tiers ${step.direction === 'ingress' ? 'in' : 'out'} ${step.endpoint.name}: ${[...step.rules.map(({ rule, isSure }) => rule.id + (isSure ? '' : '?')), ...(step.shutBy === undefined ? [] : [`shut by ${step.shutBy.name}`])].join(', ')}`.trimEnd();
    case 'acl':
      return `${mark} ${step.isReply ? 'reply' : 'acl'} ${step.direction === 'ingress' ? 'in' : 'out'} ${step.subnet.id}`;
    case 'route':
      return `${mark} ${step.isReply ? 'return' : 'route'} ${step.subnet.id}: ${step.route?.at.id ?? 'none'}`;
    case 'arrival':
      return `${mark} way in to ${step.endpoint.name}`;
    case 'transit':
      return `${mark} ${step.isReply ? 'back' : 'on'} ${step.gateway}: ${step.route?.at.id ?? 'none'}`;
    case 'door':
      return `${mark} door ${step.door.name} ${step.transport.toString()}`;
    case 'handed':
      return `${mark} handed on by ${step.relay.name}`;
    case 'hairpin':
      return `${mark} back as ${formatIp(step.source)}`;
    case 'translated':
      return `${mark} translated by ${step.gateway}`;
    case 'listener':
      return `${mark} listener`;
    case 'service':
      return `${mark} service ${step.service.name}`;
    case 'hop':
      return `${mark} hop ${step.leg.gateway ?? 'appliance'}`;
  }
}

/** The steps of an explanation in words. */
export function steps({ steps: list }: Explanation): string[] {
  return list.map(stepText);
}
