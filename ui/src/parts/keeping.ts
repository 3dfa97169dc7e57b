// What holds card data is kept only with the reason that somebody gave for it; without one, nothing is said of it.

export const keeping = (reason?: string): { allow_card_data?: string } => (reason ? { allow_card_data: reason } : {});
