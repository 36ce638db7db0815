import { matchesPattern } from '../../../../simulator/services/events/event-pattern';

const EVENT = {
  source: 'aws.organizations',
  account: '111111111111',
  resources: ['one', 'two'],
  detail: { eventName: 'CreateAccountResult', count: 5, nothing: null, done: true, state: { name: 'SUCCEEDED' } },
};

test.each<[string, object, boolean]>([
  ['an exact value', { source: ['aws.organizations'] }, true],
  ['one of several values', { source: ['aws.iam', 'aws.organizations'] }, true],
  ['another value', { source: ['aws.iam'] }, false],
  ['values within values', { detail: { state: { name: ['SUCCEEDED'] } } }, true],
  ['what is not there', { detail: { other: { name: ['SUCCEEDED'] } } }, false],
  ['all members, not some', { source: ['aws.organizations'], account: ['222222222222'] }, false],
  ['one element of a list', { resources: ['two'] }, true],
  ['no element of a list', { resources: ['three'] }, false],
  ['null', { detail: { nothing: [null] } }, true],
  ['a boolean', { detail: { done: [false] } }, false],
  ['a prefix', { source: [{ prefix: 'aws.' }] }, true],
  ['another prefix', { source: [{ prefix: 'custom.' }] }, false],
  ['a prefix in any case', { source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] }, true],
  ['a suffix', { source: [{ suffix: 'organizations' }] }, true],
  ['any case', { source: [{ 'equals-ignore-case': 'AWS.Organizations' }] }, true],
  ['a wildcard', { detail: { eventName: [{ wildcard: 'Create*Result' }] } }, true],
  ['a wildcard elsewhere', { detail: { eventName: [{ wildcard: 'Create*Results' }] } }, false],
  ['anything but a value', { detail: { eventName: [{ 'anything-but': 'Other' }] } }, true],
  ['anything but values, one of which it is', { detail: { eventName: [{ 'anything-but': ['Other', 'CreateAccountResult'] }] } }, false],
  ['anything but a prefix', { detail: { eventName: [{ 'anything-but': { prefix: 'Create' } }] } }, false],
  ['anything but prefixes', { detail: { eventName: [{ 'anything-but': { prefix: ['Move', 'Close'] } }] } }, true],
  ['anything but, of what is not there', { detail: { other: [{ 'anything-but': 'x' }] } }, false],
  ['what exists', { detail: { eventName: [{ exists: true }] } }, true],
  ['what does not exist', { detail: { other: [{ exists: false }] } }, true],
  ['what should not exist', { detail: { eventName: [{ exists: false }] } }, false],
  ['a list that exists', { resources: [{ exists: true }] }, true],
  ['a number', { detail: { count: [{ numeric: ['=', 5] }] } }, true],
  ['a range', { detail: { count: [{ numeric: ['>', 0, '<', 5] }] } }, false],
  ['a range with its end', { detail: { count: [{ numeric: ['>', 0, '<=', 5] }] } }, true],
  ['one alternative', { $or: [{ source: ['aws.iam'] }, { account: ['111111111111'] }] }, true],
  ['no alternative', { $or: [{ source: ['aws.iam'] }, { account: ['222222222222'] }] }, false],
])('a pattern knows %s', (_case, pattern, matches) => {
  expect(matchesPattern(pattern as Record<string, unknown>, EVENT)).toBe(matches);
});

test('a pattern with an operator that the simulator does not know is an error that names it', () => {
  expect(() => matchesPattern({ source: [{ cidr: '10.0.0.0/8' }] }, EVENT)).toThrow('The simulator does not know cidr in event patterns');
});
