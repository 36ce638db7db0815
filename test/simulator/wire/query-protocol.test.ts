import { ServiceModel } from '../../../simulator/model/service-model';
import iam from '../../../simulator/models/iam.json';
import sts from '../../../simulator/models/sts.json';
import { queryProtocol } from '../../../simulator/wire/query-protocol';

const STS = new ServiceModel(sts);
const IAM = new ServiceModel(iam);

function read(parameters: Record<string, string>): unknown {
  return queryProtocol.readInput(STS, STS.operation('AssumeRole')!, {
    method: 'POST', path: '/', headers: {}, clientPort: 40000, body: new URLSearchParams(parameters).toString(),
  });
}

test('lists of structures, numbers and texts are read by the model', () => {
  expect(read({
    'Action': 'AssumeRole',
    'RoleArn': 'arn:aws:iam::222222222222:role/a b&c',
    'DurationSeconds': '900',
    'Tags.member.1.Key': 'a',
    'Tags.member.1.Value': '1',
    'Tags.member.2.Key': 'b',
    'Tags.member.2.Value': '',
    'TransitiveTagKeys.member.1': 'a',
  })).toEqual({
    RoleArn: 'arn:aws:iam::222222222222:role/a b&c',
    DurationSeconds: 900,
    Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '' }],
    TransitiveTagKeys: ['a'],
  });
});

test('what is no number stays as it is, for the validation to find', () => {
  expect(read({ DurationSeconds: 'long' })).toEqual({ DurationSeconds: 'long' });
});

test('answers are written by the model: times without fractions, lists as members, texts escaped', () => {
  const { body, httpStatus, headers } = queryProtocol.writeOutput(IAM, IAM.operation('GetRole')!, {
    Role: {
      Path: '/',
      RoleName: 'a&b',
      RoleId: 'AROA0000000000000000',
      Arn: 'arn:aws:iam::222222222222:role/a',
      CreateDate: new Date('2026-07-01T00:00:00.500Z'),
      Tags: [{ Key: 'k', Value: '<v>' }],
      Description: undefined,
    },
  }, 'request-1');
  expect(httpStatus).toBe(200);
  expect(headers).toEqual({ 'content-type': 'text/xml', 'x-amzn-requestid': 'request-1' });
  expect(body).toBe('<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>'
    + '<Path>/</Path><RoleName>a&amp;b</RoleName><RoleId>AROA0000000000000000</RoleId><Arn>arn:aws:iam::222222222222:role/a</Arn>'
    + '<CreateDate>2026-07-01T00:00:00Z</CreateDate><Tags><member><Key>k</Key><Value>&lt;v&gt;</Value></member></Tags>'
    + '</Role></GetRoleResult><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></GetRoleResponse>');
});
