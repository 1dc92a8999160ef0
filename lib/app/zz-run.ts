import { readFileSync } from 'node:fs';
import { translate } from '#sources/aws';
import { analyse, connectivity, exposures, egress } from '#engine';
import { TransportSet, IpSet } from '#netset';
const a = JSON.parse(readFileSync('examples/demo-account/account.json', 'utf8'));
type Facts = Map<string, [TransportSet, TransportSet]>;
function facts(snap: any): { f: Facts; n: any } {
  const n = translate([snap]);
  const an = analyse(n);
  const f: Facts = new Map();
  for (const c of connectivity(an)) f.set(`${c.from} ${c.to} ${c.family}`, [c.sure, c.possible]);
  for (const [dir, xs] of [
    ['in', exposures(an)],
    ['out', egress(an)],
  ] as const)
    for (const x of xs) {
      const u = (l: any) => TransportSet.unionOf(l.map((r: any) => r.transport));
      f.set(`${dir} ${x.endpoint.id} ${x.family}`, [u(x.sure), u(x.possible)]);
    }
  return { f, n };
}
const base = facts(a);
const narrows = new Set(['DescribeInstances']);

function check(name: string, got: any) {
  let lost = 0,
    sureTooMuch = 0;
  let ex = '';
  for (const [k, [s]] of base.f) {
    const g = got.f.get(k);
    const [x, y] = k.split(' ');
    if (!got.n.endpoints.has(y) || !(x === 'in' || x === 'out' || got.n.endpoints.has(x))) continue;
    if (!s.isSubsetOf(g?.[1] ?? TransportSet.NONE)) {
      lost++;
      ex ||= k + ' ' + s + ' vs ' + g?.[1];
    }
  }
  for (const [k, [s]] of got.f)
    if (!s.isSubsetOf(base.f.get(k)?.[1] ?? TransportSet.NONE)) {
      sureTooMuch++;
      ex ||= 'SURE ' + k + ' ' + s;
    }
  if (lost || sureTooMuch) console.log(name, 'lost', lost, 'sureTooMuch', sureTooMuch, ex);
}
const paths: (string | number)[][] = [];
const walk = (v: any, path: (string | number)[]) => {
  if (path.length) paths.push(path);
  if (Array.isArray(v)) v.forEach((x, i) => walk(x, [...path, i]));
  else if (v && typeof v === 'object')
    for (const k of Object.keys(v)) if (k !== '_meta') walk(v[k], [...path, k]);
};
walk(a, []);
const skip =
  /Tags|TagSet|TagList|Description$|CreateTime|AttachTime|Arn|Name$|MacAddress|Dns|Placement|Metadata|LaunchTime|Monitoring|AttachmentId|AssociationId|AllocationId|DescribeAddresses|DescribeListeners|DescribeTarget|DescribeCache|Hypervisor|ImageId|Type$|KeyName|Architecture|RootDevice|EbsOpt|AvailableIp|AvailabilityZone|DhcpOp|Tenancy/;
const cand = paths.filter((p) => !skip.test(p.join('.')));
console.log(paths.length, cand.length);
const wrong = [42, { odd: { deep: [1] } }, ['odd'], 'odd-text', true];
let n = 0;
const step = Number(process.argv[2] ?? 7);
for (let i = Number(process.argv[3] ?? 0); i < cand.length; i += step) {
  const p = cand[i]!;
  const copy = structuredClone(a);
  let o: any = copy;
  for (const k of p.slice(0, -1)) o = o[k];
  const old = o[p.at(-1)!];
  const w = wrong.filter(
    (x) => (Array.isArray(x) ? 'list' : typeof x) !== (Array.isArray(old) ? 'list' : typeof old),
  )[n++ % 4];
  o[p.at(-1)!] = w;
  check(p.join('.') + ' = ' + JSON.stringify(w), facts(copy));
}
console.log('tried', n);
