import type { EventGroup } from './event-group.ts';

/** Tier 4: calls that can blind this monitor. */
export const TAMPERING_EVENTS: readonly EventGroup[] = [
  {
    about: 'CloudTrail',
    source: 'cloudtrail.amazonaws.com',
    tier: 4,
    names: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'],
  },
  {
    about: 'EventBridge',
    source: 'events.amazonaws.com',
    tier: 4,
    names: [
      'DisableRule',
      'DeleteRule',
      'PutRule',
      'RemoveTargets',
      'PutTargets',
      'DeleteEventBus',
      'RemovePermission',
    ],
  },
  {
    about: 'SNS',
    source: 'sns.amazonaws.com',
    tier: 4,
    names: ['DeleteTopic', 'Unsubscribe', 'SetTopicAttributes'],
  },
];
