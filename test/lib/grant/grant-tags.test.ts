import { Tags } from 'aws-cdk-lib';
import { GRANT_TYPE, grantIn, propertiesOf, stackIn } from '../synthesis';

describe('a grant has the tags', () => {
  test('of its property', () => {
    const stack = stackIn();
    grantIn(stack, { tags: { team: 'payments', stage: 'prod' } });
    expect(propertiesOf(stack, GRANT_TYPE).Tags).toEqual([{ Key: 'stage', Value: 'prod' }, { Key: 'team', Value: 'payments' }]);
  });

  test('that it inherits from its stack, which come before those of its property as everywhere in CDK', () => {
    const stack = stackIn();
    grantIn(stack, { tags: { team: 'payments', stage: 'prod' } });
    Tags.of(stack).add('stage', 'dev');
    Tags.of(stack).add('cost-center', '42');
    expect(propertiesOf(stack, GRANT_TYPE).Tags).toEqual([
      { Key: 'cost-center', Value: '42' },
      { Key: 'stage', Value: 'dev' },
      { Key: 'team', Value: 'payments' },
    ]);
  });

  test('that are not kept from it by its type', () => {
    const stack = stackIn();
    grantIn(stack);
    Tags.of(stack).add('included', 'yes', { includeResourceTypes: [GRANT_TYPE] });
    Tags.of(stack).add('excluded', 'no', { excludeResourceTypes: [GRANT_TYPE] });
    expect(propertiesOf(stack, GRANT_TYPE).Tags).toEqual([{ Key: 'included', Value: 'yes' }]);
  });
});

describe('a grant cannot have', () => {
  test.each([
    ['a key that AWS reserves', { 'aws:stage': 'prod' }, "a tag's key must not begin with 'aws:', got 'aws:stage'; AWS reserves it"],
    [
      'a key by which the stack recognizes it',
      { 'cdk-managed-entitlements:stack-id': 'mine' },
      "a tag's key must not begin with 'cdk-managed-entitlements:', got 'cdk-managed-entitlements:stack-id'; it marks the grants that a stack owns",
    ],
    ['an empty key', { '': 'prod' }, "a tag's key must have 1 to 128 characters, got 0 in ''"],
    ['a long key', { ['k'.repeat(129)]: 'prod' }, "a tag's key must have 1 to 128 characters, got 129 in "],
    ['a long value', { stage: 'v'.repeat(257) }, "a tag's value must have at most 256 characters, got 257 for the tag 'stage'"],
    [
      'too many tags',
      Object.fromEntries(Array.from({ length: 45 }, (__, index) => [`key${index}`, 'value'])),
      'a grant can have 44 tags besides those of this library, got 45; remove some, for example with Tags.of(grant).remove()',
    ],
  ])('%s', (_, tags, message) => {
    const stack = stackIn();
    grantIn(stack, { tags: tags as Record<string, string> });
    expect(() => propertiesOf(stack, GRANT_TYPE)).toThrow(message);
  });

  test('a reserved key through Tags.of() either', () => {
    const stack = stackIn();
    grantIn(stack);
    Tags.of(stack).add('cdk-managed-entitlements:logical-id', 'mine');
    expect(() => propertiesOf(stack, GRANT_TYPE)).toThrow("got 'cdk-managed-entitlements:logical-id'; it marks the grants that a stack owns");
  });
});
