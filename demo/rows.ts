/** Times are a wall clock's, `YYYY-MM-DD hh:mm:ss`, in whatever zone the shop's workspace has; days are `YYYY-MM-DD`. */
export interface Customer {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly region: string;
  readonly city: string;
}

export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly category: string;
  /** In cents. */
  readonly price: number;
}

export interface Order {
  readonly orderId: string;
  /** A number for this order alone, as some shops give: which person it is stands in the customers' file. */
  readonly customerId: string;
  readonly personId: string;
  readonly status: 'delivered' | 'shipped' | 'processing' | 'canceled';
  readonly placed: string;
  readonly shipped: string | null;
  readonly delivered: string | null;
  readonly promised: string;
}

export interface Item {
  readonly orderId: string;
  readonly line: number;
  readonly productId: string;
  readonly price: number;
  readonly freight: number;
}

export interface Payment {
  readonly orderId: string;
  readonly sequence: number;
  readonly type: string;
  readonly value: number;
}

export interface Review {
  /** Not unique: one id may stand on the reviews of two orders. */
  readonly reviewId: string;
  readonly orderId: string;
  readonly score: number;
  readonly title: string;
  readonly message: string;
  readonly created: string;
  readonly answered: string;
}

export interface Return {
  readonly returnId: string;
  readonly orderId: string;
  readonly productId: string;
  readonly returned: string;
  readonly reason: string;
}

export interface Visit {
  readonly visitId: string;
  readonly personId: string;
  readonly productId: string;
  readonly at: string;
}

export interface Shop {
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  readonly orders: readonly Order[];
  readonly items: readonly Item[];
  readonly payments: readonly Payment[];
  readonly reviews: readonly Review[];
  readonly returns: readonly Return[];
  readonly visits: readonly Visit[];
}
