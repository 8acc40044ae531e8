import { expect, test } from 'vitest';
import { isPlayground, isTrustedServiceUrl } from '../../../src/platforms/teams/service-url.ts';
import { untrusted } from '../../support/teams/untrusted.ts';

test.each([
  'https://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net/amer/7c9e6679-7425-40de-944b-e07fc1f90ae7/',
  'https://smba.infra.gcc.teams.microsoft.com/teams',
  'https://smba.infra.gov.teams.microsoft.us/teams',
  'https://smba.infra.dod.teams.microsoft.us/teams',
  'HTTPS://SMBA.TrafficManager.net/emea/',
])('%s is Microsoft’s', (url) => {
  expect(isTrustedServiceUrl(url, false)).toBe(true);
});

test.each(untrusted)('%s is not', (url) => {
  expect(isTrustedServiceUrl(url, false)).toBe(false);
});

test.each(['http://localhost:56150/_connector', 'http://127.0.0.1:1/', 'http://[::1]:56150/'])(
  'the sandbox trusts %s',
  (url) => {
    expect(isTrustedServiceUrl(url, true)).toBe(true);
  },
);

test.each([
  'https://smba.trafficmanager.net/emea/',
  'http://127.0.0.1.evil.example/',
  'http://localhost.evil.example/',
  'http://localhost@evil.example/',
  'http://0.0.0.0/',
  'http://192.168.1.1/',
  'file://localhost/etc/passwd',
])('the sandbox does not trust %s', (url) => {
  expect(isTrustedServiceUrl(url, true)).toBe(false);
});

test('the Playground’s is on this machine, at its own path', () => {
  expect(isPlayground('http://127.0.0.1:56150/_connector')).toBe(true);
  expect(isPlayground('http://127.0.0.1:56150/')).toBe(false);
  expect(isPlayground('https://smba.trafficmanager.net/_connector')).toBe(false);
});
