import { describe, expect, it } from 'vitest';
import { tampersWith } from '../../../../../lib/sources/aws/event/index.ts';
import { read } from './record.ts';

const TRAIL = 'cloudtrail.amazonaws.com';
const EVENTS = 'events.amazonaws.com';
const SNS = 'sns.amazonaws.com';
const arn = (rest: string) => `arn:aws:${rest}`;
const own = {
  trail: arn('cloudtrail:eu-north-1:210987654321:trail/audit'),
  rule: arn('events:eu-north-1:210987654321:rule/postern-ec2'),
  busRule: arn('events:eu-north-1:210987654321:rule/postern-hub/postern-all'),
  bus: arn('events:eu-north-1:210987654321:event-bus/postern-hub'),
  topic: arn('sns:eu-north-1:210987654321:postern-alerts'),
  plain: 'postern-forward',
};
const all = Object.values(own);

describe('tampering with the monitor', () => {
  it.each([
    { source: TRAIL, name: 'StopLogging', request: { name: 'audit' }, touched: [own.trail] },
    { source: TRAIL, name: 'StopLogging', request: { name: own.trail }, touched: [own.trail] },
    { source: TRAIL, name: 'PutEventSelectors', request: { trailName: 'audit' }, touched: [own.trail] },
    { source: EVENTS, name: 'DisableRule', request: { name: 'postern-ec2' }, touched: [own.rule] },
    {
      source: EVENTS,
      name: 'RemoveTargets',
      request: { rule: 'postern-ec2', ids: ['1'] },
      touched: [own.rule],
    },
    {
      source: EVENTS,
      name: 'DeleteRule',
      request: { name: 'postern-all', eventBusName: 'postern-hub' },
      touched: [own.busRule, own.bus],
    },
    { source: EVENTS, name: 'DeleteEventBus', request: { name: 'postern-hub' }, touched: [own.bus] },
    {
      source: EVENTS,
      name: 'RemovePermission',
      request: { eventBusName: 'postern-hub' },
      touched: [own.bus],
    },
    { source: EVENTS, name: 'DisableRule', request: { name: 'postern-forward' }, touched: [own.plain] },
    {
      source: EVENTS,
      name: 'DisableRule',
      request: { name: arn('events:us-east-1:111122223333:rule/postern-forward') },
      touched: [own.plain],
    },
    { source: SNS, name: 'DeleteTopic', request: { topicArn: own.topic }, touched: [own.topic] },
    {
      source: SNS,
      name: 'Unsubscribe',
      request: { subscriptionArn: `${own.topic}:6f1c2d3e-0a1b-4c5d-8e9f-001122334455` },
      touched: [own.topic],
    },
  ])('is $name of $request', ({ source, name, request, touched }) => {
    expect(tampersWith(read(name, { eventSource: source, requestParameters: request }), all)).toEqual(
      touched,
    );
  });

  it.each([
    { what: 'somebody’s rule', source: EVENTS, name: 'DisableRule', request: { name: 'nightly' } },
    { what: 'somebody’s trail', source: TRAIL, name: 'DeleteTrail', request: { name: 'test-trail' } },
    {
      what: 'a rule that has the topic’s name',
      source: EVENTS,
      name: 'PutRule',
      request: { name: 'postern-alerts' },
    },
    {
      what: 'a topic that begins alike',
      source: SNS,
      name: 'DeleteTopic',
      request: { topicArn: `${own.topic}-test` },
    },
    {
      what: 'its namesake in another account',
      source: SNS,
      name: 'DeleteTopic',
      request: { topicArn: arn('sns:eu-north-1:111122223333:postern-alerts') },
    },
    { what: 'a bus that is not told', source: EVENTS, name: 'RemovePermission', request: null },
    { what: 'a call of another tier', source: EVENTS, name: 'PutEvents', request: { name: 'postern-ec2' } },
  ])('is not $what', ({ source, name, request }) => {
    expect(tampersWith(read(name, { eventSource: source, requestParameters: request }), all)).toEqual([]);
  });

  it('is not its namesake in another Region', () => {
    const event = read('DisableRule', {
      eventSource: EVENTS,
      awsRegion: 'us-east-1',
      requestParameters: { name: 'postern-ec2' },
    });
    expect(tampersWith(event, all)).toEqual([]);
  });

  it('may be its own where the record does not say which Region', () => {
    const requestParameters = { name: 'postern-ec2' };
    const event = read('DisableRule', { eventSource: EVENTS, awsRegion: 'XXXX', requestParameters });
    expect(tampersWith(event, all)).toEqual([own.rule]);
  });

  it.each(['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'])(
    'is %s that lost its parameters, with whatever may be a trail',
    (name) => {
      const event = read(name, { eventSource: TRAIL, requestParameters: {} });
      expect(tampersWith(event, all)).toEqual([own.trail, own.plain]);
      expect(tampersWith(event, [own.rule])).toEqual([own.rule]);
    },
  );
});
