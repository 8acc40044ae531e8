import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refusal } from '../../../src/platforms/teams/admission.ts';
import { activitySchema } from '../../../src/platforms/teams/parse.ts';

const config = { appId: 'app', password: 'word', tenantId: '7C9E6679-7425-40DE-944B-E07FC1F90AE7' };
const file = new URL('../../fixtures/teams/direct-message.json', import.meta.url);
const said = (changes: object) =>
  activitySchema.parse({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes });

test('an activity of our tenant, from Teams, by way of Microsoft comes in', () => {
  expect(refusal(config, said({}))).toBeUndefined();
});

test.each([
  ['tenant', { conversation: { id: 'a', tenantId: 'other' }, channelData: { tenant: { id: 'other' } } }],
  ['tenant', { conversation: { id: 'a', tenantId: 'other' } }],
  ['tenant', { conversation: { id: 'a' }, channelData: {} }],
  ['channel', { channelId: 'webchat' }],
  ['service url', { serviceUrl: 'http://localhost:56150/_connector' }],
])('refused for its %s', (reason, changes) => {
  expect(refusal(config, said(changes))).toBe(reason);
});

test('the sandbox takes any tenant, from this machine', () => {
  expect(refusal('sandbox', said({ serviceUrl: 'http://localhost:56150/_connector' }))).toBeUndefined();
  expect(refusal('sandbox', said({}))).toBe('service url');
});
