import listAttributes from './list-attributes.json';
import { ResourceRequest } from './resource-type';
import { deriveHexadecimal } from '../../lambda/derived-identifiers';

/** The attributes that are lists, by type: what CDK knows of CloudFormation's published schemas, see scripts/list-attributes/. */
const LIST_ATTRIBUTES: Readonly<Record<string, readonly string[] | undefined>> = listAttributes;

/** Guess: as many as a hosted zone has name servers. Templates that take an element of an attribute take one of the first. */
const ELEMENTS_OF_A_LIST = 4;

type Invention = (physicalId: string, request: ResourceRequest) => unknown;

/** What has a form that templates take apart, or count with. */
const FORMS: Readonly<Record<string, Invention | undefined>> = {
  // One block of the length that Amazon gives, in addresses that are for documentation: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
  'AWS::EC2::VPC Ipv6CidrBlocks': (physicalId) => [`2001:db8:${deriveHexadecimal(4, 'VPC', physicalId)}:${deriveHexadecimal(2, 'VPC block', physicalId)}00::/56`],
  'AWS::EC2::Subnet Ipv6CidrBlocks': (_, { properties }) => [properties.Ipv6CidrBlock ?? []].flat(),
  // The id of a hosted zone and a name: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
  'AWS::EC2::VPCEndpoint DnsEntries': (physicalId, { stack }) => (
    numbered((index) => `Z${physicalId}-${index}:${physicalId.toLowerCase()}-${index}.vpce.${stack.region}.vpce.amazonaws.com`)
  ),
};

/** What `Fn::GetAtt` gives for a resource that nobody plays: what its properties say, or what looks like what one would expect of the name. */
export function inventAttribute(name: string, physicalId: string, request: ResourceRequest): unknown {
  const form = FORMS[`${request.type} ${name}`];
  if (form) return form(physicalId, request);
  if (name in request.properties) return request.properties[name];
  const text = inventText(name, physicalId, request);
  return LIST_ATTRIBUTES[request.type]?.includes(name) ? numbered((index) => `${text}-${index}`) : text;
}

function numbered(element: (index: number) => string): string[] {
  return Array.from({ length: ELEMENTS_OF_A_LIST }, (_, index) => element(index + 1));
}

function inventText(name: string, physicalId: string, { stack, type }: ResourceRequest): string {
  const [, service = type, kind = type] = type.toLowerCase().split('::');
  if (/Arn$/i.test(name)) return `arn:${stack.partition}:${service}:${stack.region}:${stack.accountId}:${kind}/${physicalId}`;
  const host = `${physicalId.toLowerCase()}.${service}.${stack.region}.amazonaws.com`;
  if (/Ur[li]$/i.test(name)) return `https://${host}`;
  if (/(Endpoint|DomainName|Address)$/i.test(name)) return host;
  return `${physicalId}-${name.replaceAll('.', '-')}`;
}
