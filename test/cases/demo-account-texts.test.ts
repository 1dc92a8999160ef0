import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Goldens } from '../support/golden.ts';
import { ask, DEMO } from '../support/run-cli.ts';

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  audit: ['audit'],
  exposure: ['exposure'],
  list: ['list'],
  'list-to-shop-orders': ['list', '--to', 'shop-orders'],
  'list-ssh': ['list', '--port', 'tcp/22'],
  'explain-allowed': ['explain', 'bastion', 'api-1', 'tcp/22'],
  'explain-allowed-from-internet': ['explain', 'internet', 'shop-alb', 'tcp/443'],
  'explain-by-nat': ['explain', 'api-1', 'internet', 'tcp/443'],
  'explain-denied-by-group': ['explain', 'internet', 'bastion', 'tcp/22'],
  'explain-denied-by-route': ['explain', 'ci-runner-1', 'shop-orders', 'tcp/5432'],
  'explain-denied-no-address': ['explain', 'internet', 'shop-orders', 'tcp/5432'],
  'paths-bastion-to-shop-orders': ['paths', 'bastion', 'shop-orders'],
  'paths-none': ['paths', 'internet', 'legacy-batch'],
  'paths-internet-to-shop-orders': ['paths', 'internet', 'shop-orders'],
  'explain-through-load-balancer': ['explain', 'internet', 'web-1', 'tcp/8080'],
  'blast-radius-bastion': ['blast-radius', 'bastion'],
  'blast-radius-internet': ['blast-radius', 'internet'],
  ...Object.fromEntries(
    readdirSync(`${DEMO}/events`).map((event) => [`replay-${event}`, ['replay', `${DEMO}/events/${event}`]]),
  ),
};

const goldens = new Goldens('test/cases/demo-account/golden', Object.keys(COMMANDS));

describe('what the commands say about the demo account', () => {
  it.each(Object.entries(COMMANDS))('%s', async (name, args) => {
    const { out, err } = await ask(...args);
    expect(err).toBe('');
    goldens.check(name, out);
  });

  it('every stored text belongs to a command', () => {
    goldens.checkStrays();
  });
});
