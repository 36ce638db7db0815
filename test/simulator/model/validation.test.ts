import { knownMembers } from '../../../simulator/model/known-members';
import { ServiceModel } from '../../../simulator/model/service-model';
import { validate, ValidationOptions } from '../../../simulator/model/validation';
import licenseManager from '../../../simulator/models/license-manager.json';

const model = new ServiceModel({
  metadata: { protocol: 'json', endpointPrefix: 'example', apiVersion: '2026-01-01' },
  operations: {},
  shapes: {
    Request: {
      type: 'structure',
      required: ['Name'],
      members: {
        Name: { shape: 'Name' },
        Kind: { shape: 'Kind' },
        Size: { shape: 'Size' },
        Items: { shape: 'Items' },
        Labels: { shape: 'Labels' },
        Enabled: { shape: 'Enabled' },
        Since: { shape: 'Since' },
      },
    },
    Name: { type: 'string', min: 2, max: 4, pattern: '[a-zä😀]+' },
    Kind: { type: 'string', enum: ['ONE', 'TWO'] },
    Size: { type: 'integer', min: 1, max: 10 },
    Items: { type: 'list', member: { shape: 'Item' }, min: 1, max: 2 },
    Item: { type: 'structure', members: { Label: { shape: 'Name' } } },
    Labels: { type: 'map', key: { shape: 'Kind' }, value: { shape: 'Name' } },
    Enabled: { type: 'boolean' },
    Since: { type: 'timestamp' },
  },
});

function violations(value: unknown, options: Partial<ValidationOptions> = {}): string[] {
  return validate(model, 'Request', value, { unknownMembers: 'ignored', ...options }).map(({ path, constraint }) => `${path}: ${constraint}`);
}

test('a valid value has no violations', () => {
  expect(violations({
    Name: 'abc', Kind: 'ONE', Size: 10, Items: [{ Label: 'ab' }, {}], Labels: { TWO: 'ab' }, Enabled: false, Since: new Date(0),
  })).toEqual([]);
});

test.each<[string, unknown, string[]]>([
  ['a missing member', {}, ['name: Member must not be null']],
  ['a text that is too short', { Name: 'a' }, ['name: Member must have length greater than or equal to 2']],
  ['a text that is too long', { Name: 'abcde' }, ['name: Member must have length less than or equal to 4']],
  ['a text that matches in part only', { Name: 'ab!' }, ['name: Member must satisfy regular expression pattern: [a-zä😀]+']],
  ['another value than those of the enumeration', { Name: 'ab', Kind: 'one' }, ['kind: Member must satisfy enum value set: [ONE, TWO]']],
  ['a number that is too small', { Name: 'ab', Size: 0 }, ['size: Member must have value greater than or equal to 1']],
  ['a number that is too large', { Name: 'ab', Size: 11 }, ['size: Member must have value less than or equal to 10']],
  ['a number with a fraction', { Name: 'ab', Size: 1.5 }, ['size: Member must be an Integer']],
  ['an empty list', { Name: 'ab', Items: [] }, ['items: Member must have length greater than or equal to 1']],
  ['a list that is too long', { Name: 'ab', Items: [{}, {}, {}] }, ['items: Member must have length less than or equal to 2']],
  ['what is wrong in the second item', { Name: 'ab', Items: [{}, { Label: 'a' }] }, ['items.2.member.label: Member must have length greater than or equal to 2']],
  ['a wrong key and a wrong value of a map', { Name: 'ab', Labels: { three: 'a' } }, [
    'labels.three: Member must satisfy enum value set: [ONE, TWO]', 'labels.three: Member must have length greater than or equal to 2',
  ]],
  ['a text instead of a Boolean', { Name: 'ab', Enabled: 'true' }, ['enabled: Member must be a Boolean']],
  ['a text instead of a timestamp', { Name: 'ab', Since: '2026' }, ['since: Member must be a Timestamp']],
  ['a number instead of a text', { Name: 5 }, ['name: Member must be a String']],
  ['a text instead of a structure', 'x', [': Member must be a Structure']],
])('%s is found', (_what, value, expected) => {
  expect(violations(value)).toEqual(expected);
});

test('characters outside the basic plane count once', () => {
  expect(validate(model, 'Name', '😀😀😀', { unknownMembers: 'ignored' }).map(({ kind }) => kind)).not.toContain('length');
});

test('an unknown member is ignored in a request and refused in an answer', () => {
  expect(violations({ Name: 'ab', Nmae: 'x' })).toEqual([]);
  expect(violations({ Name: 'ab', Nmae: 'x' }, { unknownMembers: 'refused' })).toEqual(['nmae: Request has no member Nmae']);
});

test('an exempt member is not looked at', () => {
  expect(violations({ Name: 5 }, { exemptMembers: new Set(['Request.Name']) })).toEqual([]);
});

test('a service sees the members that it knows, and null as absent', () => {
  expect(knownMembers(model, 'Request', { Name: 'ab', Kind: null, Other: 1, Items: [{ Label: 'ab', More: 1 }] }))
    .toEqual({ Name: 'ab', Items: [{ Label: 'ab' }] });
});

test('a wrong reference in a model is a bug that is named', () => {
  expect(() => model.shape('Nothing')).toThrow('The model of example has no shape Nothing');
});

test('the official model of License Manager takes ARNs without Region only as it writes them', () => {
  const official = new ServiceModel(licenseManager);
  const accepts = (arn: string) => validate(official, 'GetGrantRequest', { GrantArn: arn }, { unknownMembers: 'ignored' }).length === 0;
  expect(accepts('arn:aws:license-manager::111111111111:grant:g-0123')).toBe(true);
  expect(accepts('arn:aws:license-manager::111111111111')).toBe(false);
  expect(accepts('grant:g-0123')).toBe(false);
});
