import { GrantStatus } from '@aws-sdk/client-license-manager';
import {
  canBeAccepted, canBeDeleted, canBeRejected, canBeRevised, canBeSwitched, isLive, isTerminal,
  restingStatusOfGroup, statusAfterDistribution, statusDuringDistribution,
} from '../../../../../simulator/services/license-manager/grants/grant-lifecycle';
import { DEFAULT_VARIANTS } from '../../../../../simulator/services/variants';

const ALL = Object.values(GrantStatus);

function where(rule: (status: GrantStatus) => boolean): GrantStatus[] {
  return ALL.filter(rule).sort();
}

test('rejected and deleted grants are at their end', () => {
  expect(where(isTerminal)).toEqual(['DELETED', 'REJECTED']);
});

test('a grant that is being deleted does not stand in the way of another', () => {
  expect(where((status) => !isLive(status))).toEqual(['DELETED', 'PENDING_DELETE', 'REJECTED']);
});

test('only a pending grant can be accepted', () => {
  expect(where(canBeAccepted)).toEqual(['PENDING_ACCEPT']);
});

test('a grant can be rejected before and after its acceptance, but not in a workflow', () => {
  expect(where((status) => canBeRejected(status, DEFAULT_VARIANTS))).toEqual(['ACTIVE', 'DISABLED', 'PENDING_ACCEPT']);
});

test('a settled grant can get a new version', () => {
  expect(where(canBeRevised)).toEqual(['ACTIVE', 'DISABLED', 'PENDING_ACCEPT', 'WORKFLOW_COMPLETED']);
});

test('activation comes after acceptance', () => {
  expect(where(canBeSwitched)).toEqual(['ACTIVE', 'DISABLED', 'WORKFLOW_COMPLETED']);
});

test('every live grant can be deleted, whatever runs for it', () => {
  expect(where(canBeDeleted)).toEqual(['ACTIVE', 'DISABLED', 'FAILED_WORKFLOW', 'PENDING_ACCEPT', 'PENDING_WORKFLOW', 'WORKFLOW_COMPLETED']);
});

test('distribution begins in a workflow, and ends disabled or pending', () => {
  expect([true, false].map((toGroup) => statusDuringDistribution(toGroup, DEFAULT_VARIANTS))).toEqual(['PENDING_WORKFLOW', 'PENDING_WORKFLOW']);
  expect([true, false].map(statusAfterDistribution)).toEqual(['DISABLED', 'PENDING_ACCEPT']);
});

test('the grant of a group rests completed, whatever was asked for', () => {
  expect(restingStatusOfGroup('ACTIVE', DEFAULT_VARIANTS)).toBe('WORKFLOW_COMPLETED');
});
