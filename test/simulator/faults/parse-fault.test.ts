import { FAULTS, faultHelp } from '../../../simulator/faults/fault-table';
import { InvalidFault, parseFault } from '../../../simulator/faults/parse-fault';

describe('a fault', () => {
  test.each([
    ['throttling', { percentage: 20 }],
    ['throttling@CreateGrant', { operation: 'CreateGrant' }],
    ['throttling@license-manager,CreateGrant,1-3', { service: 'license-manager', operation: 'CreateGrant', occurrences: { first: 1, last: 3 } }],
    ['server-error@organizations,2.5%', { service: 'organizations', percentage: 2.5 }],
    ['function-killed-after@3,function:Entitlements', { occurrences: { first: 3, last: 3 }, functionName: 'Entitlements' }],
    ['slow-answer@CreateGrant', { operation: 'CreateGrant', durationMilliseconds: 60_000 }],
    ['slow-answer@CreateGrant,500ms', { operation: 'CreateGrant', durationMilliseconds: 500 }],
    ['throttling@aws-marketplace,SearchAgreements', { service: 'aws-marketplace', operation: 'SearchAgreements' }],
    ['server-error@ssm,GetParameters', { service: 'ssm', operation: 'GetParameters' }],
    ['stale-reads@iam,2m', { service: 'iam', durationMilliseconds: 120_000 }],
    ['duplicate-event@Delete', { requestType: 'Delete', durationMilliseconds: 0 }],
    ['account-leaves@222222222222,CreateGrant,1', { accountId: '222222222222', operation: 'CreateGrant', occurrences: { first: 1, last: 1 } }],
  ])('can be written as %s', (text, where) => {
    expect(parseFault(text)).toEqual({ name: text.split('@')[0], where });
  });

  test.each([
    ['throtling', /no fault 'throtling'; the faults are throttling, .*account-leaves/],
    ['', /no fault ''/],
    ['throttling@', /has the part ''/],
    ['throttling@CreatGrant', /has the part 'CreatGrant', which is no service \(license-manager, organizations, iam, sts, aws-marketplace, lambda, states, ssm, cloudformation\)/],
    ['throttling@CreateGrant,DeleteGrant', /names an operation twice/],
    ['throttling@CreateGrant@1', /more than one @/],
    ['throttling@30s', /names a duration, which means nothing to throttling; write it as in throttling@CreateGrant,1-3/],
    ['throttling@222222222222', /names an account, which means nothing to throttling/],
    ['response-error@CreateGrant', /names an operation, which means nothing to response-error/],
    ['throttling@3-1', /has the count 3-1/],
    ['throttling@0', /has the count 0/],
    ['throttling@101%', /has the percentage 101%/],
    ['throttling@function:', /has the part 'function:'/],
    ['account-leaves', /needs a WHERE, as in account-leaves@222222222222/],
    ['account-leaves@CreateGrant', /does not name the account/],
  ])('that is written as \'%s\' is refused in words', (text, words) => {
    expect(() => parseFault(text)).toThrow(InvalidFault);
    expect(() => parseFault(text)).toThrow(words);
  });

  test('has an example in the table that is understood', () => {
    for (const { name, example } of FAULTS) expect(parseFault(example).name).toBe(name);
  });

  test('has its line in the help page, with its default or the word that there is none', () => {
    const help = faultHelp().join('\n');
    for (const { name, effect, byDefault } of FAULTS) {
      expect(help).toContain(effect);
      expect(help).toMatch(new RegExp(`${name} .*\n +(${byDefault === undefined ? 'WHERE is needed' : `default: ${byDefault}`});`));
    }
  });
});
