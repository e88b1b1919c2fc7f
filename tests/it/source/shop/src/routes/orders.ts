import { ordersBody, ordersErrors, OrdersCode } from "../generated/errors.js";

export function create(cart: Cart) {
  if (cart.items.length === 0) return ordersBody("cart.empty");
  if (!cart.inStock) {
    return ordersBody(
      "out-of-stock",
    );
  }
  if (cart.total > 1000) return fail('total_too_high');
  return cart.coupon?.error === OrdersCode.card_declined ? fail("total_too_high") : undefined;
}

export const isGone = (status: number) => status === ordersErrors.order_gone.status;
