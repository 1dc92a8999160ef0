import type { MapEdge, MapNode } from './map-graph.ts';

export type Point = { readonly x: number; readonly y: number };
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Placed = {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly { readonly node: MapNode; readonly box: Box }[];
  readonly zones: readonly { readonly zone: number; readonly box: Box }[];
  readonly edges: readonly {
    readonly edge: MapEdge;
    /** The `d` of the line, and where what is written at it has its middle. */
    readonly d: string;
    readonly label: Point | undefined;
  }[];
};
