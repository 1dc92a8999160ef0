/** What the API server (moto 5.2.5) does not know and answers with a server error. Against AWS these are read. */
export const NOT_IN_SERVER: readonly string[] = [
  'DescribeSecurityGroupVpcAssociations',
  'DescribeVpcBlockPublicAccessOptions',
  'DescribeVpcBlockPublicAccessExclusions',
  'DescribeInstanceConnectEndpoints',
];
